import { RegionPool, type RegionPoolState, regionCapacity } from "./region-pool.ts";
import { SlotRows } from "./slot-rows.ts";
import * as col from "./tile-record.ts";

/** A window in tiles: at tile T it covers the tiles in (T - left, T - right]. */
export type TileWindow = { readonly left: number; readonly right: number };

/**
 * Sliding sums per slot. Payments fall into tiles of one length; a slot keeps its non-empty tiles in time order,
 * dropping those out of every window's reach when its region is full, and per window the running sums as of the latest
 * tile read. Values are integers, so sums are exact whatever the order of additions and removals: a read costs
 * the tiles that left since the last one, the running sums are only a cache, and restarts cannot change a bit.
 */
export class TileTable {
  readonly fields: number;
  readonly windows: readonly TileWindow[];
  readonly longest: number; // tiles the longest window reaches back
  readonly #pool: RegionPool;
  readonly #rows: SlotRows;
  readonly #column: number;
  readonly #stride: number;
  readonly #recordSize: number;
  readonly #windowSize: number;

  /** @throws RangeError without a window, or with one that ends before it begins. */
  constructor(windows: readonly TileWindow[], fields: number, rows: SlotRows = new SlotRows()) {
    if (windows.length === 0 || windows.some((w) => w.right < 0 || w.left <= w.right)) {
      throw new RangeError("a tile table needs windows with left > right >= 0");
    }
    this.windows = windows;
    this.fields = fields;
    this.longest = Math.max(...windows.map((w) => w.left));
    this.#stride = fields + 1;
    this.#windowSize = col.SUMS + fields;
    this.#recordSize = col.WINDOWS + windows.length * this.#windowSize;
    this.#pool = new RegionPool(this.#stride);
    this.#rows = rows;
    this.#column = rows.reserve(this.#recordSize);
  }

  /**
   * Writes the sums of every window as of `tile` (windows x fields values). Tiles at or before `hiddenTile` do
   * not count. What later reads return does not change.
   */
  read(slot: number, tile: number, hiddenTile: number, out: Float64Array, at: number): void {
    const { windows, fields } = this;
    const records = this.#rows.data;
    const base = slot * this.#rows.width + this.#column;
    if (records[base + col.LENGTH] === 0) {
      for (let i = 0; i < windows.length * fields; i++) out[at + i] = 0;
      return;
    }
    if (tile > (records[base + col.AS_OF] as number)) this.#advance(base, tile);
    const current = tile === records[base + col.AS_OF];
    for (let w = 0; w < windows.length; w++) {
      const window = windows[w] as TileWindow;
      const to = at + w * fields;
      const sums = base + col.WINDOWS + w * this.#windowSize + col.SUMS;
      if (!current || hiddenTile > tile - window.left) {
        this.#walk(base, Math.max(tile - window.left, hiddenTile), tile - window.right, out, to);
      } else for (let f = 0; f < fields; f++) out[to + f] = records[sums + f] as number;
    }
  }

  /** Adds values (integers, also negative) to a tile of a slot; a tile the windows have left behind is ignored. */
  add(slot: number, tile: number, values: Float64Array): void {
    const records = this.#rows.data;
    const base = slot * this.#rows.width + this.#column;
    if (records[base + col.LENGTH] === 0) {
      this.#reset(base, tile);
      this.#insert(base, tile, values, true);
      return;
    }
    const head = records[base + col.HEAD] as number;
    if (tile <= head - this.longest) return;
    if (tile > (records[base + col.AS_OF] as number)) this.#advance(base, tile);
    if (tile > head) {
      records[base + col.HEAD] = tile;
      this.#insert(base, tile, values, true);
    } else if (!this.#addToCell(base, tile, values)) this.#insert(base, tile, values, false);
  }

  /** Forgets a slot and frees its tiles. */
  clear(slot: number): void {
    const base = slot * this.#rows.width + this.#column;
    const capacity = this.#rows.data[base + col.CAPACITY] as number;
    if (capacity > 0) this.#pool.release(this.#rows.data[base + col.OFFSET] as number, capacity);
    this.#rows.data.fill(0, base, base + this.#recordSize);
  }

  /** A copy of a slot's state for `restore`. */
  capture(slot: number): TileCapture {
    const base = slot * this.#rows.width + this.#column;
    const first =
      (this.#rows.data[base + col.OFFSET] as number) + (this.#rows.data[base + col.START] as number);
    const end = first + (this.#rows.data[base + col.LENGTH] as number);
    return {
      record: this.#rows.data.slice(base, base + this.#recordSize),
      cells: this.#pool.data.slice(first * this.#stride, end * this.#stride),
    };
  }

  restore(slot: number, saved: TileCapture): void {
    this.clear(slot);
    const length = saved.record[col.LENGTH] as number;
    if (length === 0) return;
    const base = slot * this.#rows.width + this.#column;
    const capacity = regionCapacity(length);
    const offset = this.#pool.allocate(capacity);
    this.#pool.data.set(saved.cells, offset * this.#stride);
    this.#rows.data.set(saved.record, base);
    this.#rows.data[base + col.OFFSET] = offset;
    this.#rows.data[base + col.CAPACITY] = capacity;
    this.#shift(base, -(saved.record[col.START] as number));
  }

  /** The pool's part of the state; the rest is in the rows. */
  toState(): RegionPoolState {
    return this.#pool.toState();
  }

  fromState(state: RegionPoolState): void {
    this.#pool.fromState(state);
  }

  /** Moves the running sums to a later tile: cells enter at the right edge and leave at the left one. */
  #advance(base: number, tile: number): void {
    const records = this.#rows.data;
    const end = (records[base + col.START] as number) + (records[base + col.LENGTH] as number);
    const head = records[base + col.HEAD] as number;
    for (let w = 0; w < this.windows.length; w++) {
      const { left, right } = this.windows[w] as TileWindow;
      const at = base + col.WINDOWS + w * this.#windowSize;
      if (head <= tile - left) {
        records[at + col.LEFT] = end;
        records[at + col.RIGHT] = end;
        records[at + col.LEFT_TILE] = Number.POSITIVE_INFINITY;
        records[at + col.RIGHT_TILE] = Number.POSITIVE_INFINITY;
        for (let f = 0; f < this.fields; f++) records[at + col.SUMS + f] = 0;
        continue;
      }
      if ((records[at + col.RIGHT_TILE] as number) <= tile - right)
        this.#pass(base, at, col.RIGHT, end, tile - right);
      if ((records[at + col.LEFT_TILE] as number) <= tile - left)
        this.#pass(base, at, col.LEFT, end, tile - left);
    }
    records[base + col.AS_OF] = tile;
  }

  /** Moves one edge of a window past the cells up to `limit`, adding them (right edge) or taking them off (left). */
  #pass(base: number, at: number, edge: 0 | 1, end: number, limit: number): void {
    const records = this.#rows.data;
    const data = this.#pool.data;
    const sign = edge === col.RIGHT ? 1 : -1;
    const offset = records[base + col.OFFSET] as number;
    let position = records[at + edge] as number;
    for (; position < end; position++) {
      const cell = (offset + position) * this.#stride;
      if ((data[cell] as number) > limit) break;
      for (let f = 0; f < this.fields; f++) {
        records[at + col.SUMS + f] =
          (records[at + col.SUMS + f] as number) + sign * (data[cell + 1 + f] as number);
      }
    }
    records[at + edge] = position;
    const next =
      position < end ? (data[(offset + position) * this.#stride] as number) : Number.POSITIVE_INFINITY;
    records[at + col.LEFT_TILE + edge] = next;
  }

  /** Adds up the cells in (edge, limit], for what the running sums do not cover. */
  #walk(base: number, edge: number, limit: number, out: Float64Array, to: number): void {
    const data = this.#pool.data;
    const first =
      (this.#rows.data[base + col.OFFSET] as number) + (this.#rows.data[base + col.START] as number);
    const end = (first + (this.#rows.data[base + col.LENGTH] as number)) * this.#stride;
    for (let f = 0; f < this.fields; f++) out[to + f] = 0;
    for (let cell = first * this.#stride; cell < end; cell += this.#stride) {
      const cellTile = data[cell] as number;
      if (cellTile <= edge || cellTile > limit) continue;
      for (let f = 0; f < this.fields; f++)
        out[to + f] = (out[to + f] as number) + (data[cell + 1 + f] as number);
    }
  }

  #reset(base: number, tile: number): void {
    const records = this.#rows.data;
    records[base + col.START] = 0;
    records[base + col.HEAD] = tile;
    records[base + col.AS_OF] = tile;
    for (let at = base + col.WINDOWS; at < base + this.#recordSize; at += this.#windowSize) {
      records.fill(0, at, at + this.#windowSize);
      records[at + col.LEFT_TILE] = Number.POSITIVE_INFINITY;
      records[at + col.RIGHT_TILE] = Number.POSITIVE_INFINITY;
    }
  }

  /** Drops the tiles that no window reaches any more, nor will one. */
  #trim(base: number): void {
    const records = this.#rows.data;
    const data = this.#pool.data;
    const offset = records[base + col.OFFSET] as number;
    const limit = (records[base + col.HEAD] as number) - this.longest;
    let start = records[base + col.START] as number;
    const end = start + (records[base + col.LENGTH] as number);
    while (start < end && (data[(offset + start) * this.#stride] as number) <= limit) start++;
    records[base + col.START] = start;
    records[base + col.LENGTH] = end - start;
  }

  /** Adds to the cell of a tile and to the sums it is in; false when the tile has no cell yet. */
  #addToCell(base: number, tile: number, values: Float64Array): boolean {
    const records = this.#rows.data;
    const data = this.#pool.data;
    const cell = ((records[base + col.OFFSET] as number) + this.#find(base, tile)) * this.#stride;
    if (data[cell] !== tile) return false;
    for (let f = 0; f < this.fields; f++)
      data[cell + 1 + f] = (data[cell + 1 + f] as number) + (values[f] as number);
    for (let w = 0; w < this.windows.length; w++) this.#addToSums(base, w, tile, values);
    return true;
  }

  /** Makes a cell for a tile, in time order, and adds it to the sums it is in. */
  #insert(base: number, tile: number, values: Float64Array, newest: boolean): void {
    this.#makeRoom(base);
    const records = this.#rows.data;
    const offset = records[base + col.OFFSET] as number;
    const end = (records[base + col.START] as number) + (records[base + col.LENGTH] as number);
    const position = newest ? end : this.#find(base, tile);
    if (position < end) this.#pool.move(offset + position, offset + position + 1, end - position);
    const cell = (offset + position) * this.#stride;
    this.#pool.data[cell] = tile;
    for (let f = 0; f < this.fields; f++) this.#pool.data[cell + 1 + f] = values[f] as number;
    records[base + col.LENGTH] = (records[base + col.LENGTH] as number) + 1;
    for (let w = 0; w < this.windows.length; w++) {
      const window = this.windows[w] as TileWindow;
      const at = base + col.WINDOWS + w * this.#windowSize;
      const asOf = records[base + col.AS_OF] as number;
      if (tile <= asOf - window.left) records[at + col.LEFT] = (records[at + col.LEFT] as number) + 1;
      if (tile <= asOf - window.right) records[at + col.RIGHT] = (records[at + col.RIGHT] as number) + 1;
      if (records[at + col.LEFT] === position) records[at + col.LEFT_TILE] = tile;
      if (records[at + col.RIGHT] === position) records[at + col.RIGHT_TILE] = tile;
      this.#addToSums(base, w, tile, values);
    }
  }

  #addToSums(base: number, w: number, tile: number, values: Float64Array): void {
    const records = this.#rows.data;
    const { left, right } = this.windows[w] as TileWindow;
    const asOf = records[base + col.AS_OF] as number;
    if (tile <= asOf - left || tile > asOf - right) return;
    const at = base + col.WINDOWS + w * this.#windowSize + col.SUMS;
    for (let f = 0; f < this.fields; f++)
      records[at + f] = (records[at + f] as number) + (values[f] as number);
  }

  /** Position of the first cell at or after a tile, searched from the newest since most payments are new. */
  #find(base: number, tile: number): number {
    const data = this.#pool.data;
    const offset = this.#rows.data[base + col.OFFSET] as number;
    const start = this.#rows.data[base + col.START] as number;
    let position = start + (this.#rows.data[base + col.LENGTH] as number);
    while (position > start && (data[(offset + position - 1) * this.#stride] as number) >= tile) position--;
    return position;
  }

  /** Ensures a free cell behind the newest tile: by moving to the front of the region, or to a larger one. */
  #makeRoom(base: number): void {
    const records = this.#rows.data;
    const capacity = records[base + col.CAPACITY] as number;
    if ((records[base + col.START] as number) + (records[base + col.LENGTH] as number) < capacity) return;
    this.#trim(base);
    const start = records[base + col.START] as number;
    const length = records[base + col.LENGTH] as number;
    const offset = records[base + col.OFFSET] as number;
    if (start * 2 >= capacity && capacity > 0) {
      this.#pool.move(offset + start, offset, length);
    } else {
      const room = regionCapacity(length + 1);
      const moved = this.#pool.allocate(room);
      this.#pool.move(offset + start, moved, length);
      if (capacity > 0) this.#pool.release(offset, capacity);
      records[base + col.OFFSET] = moved;
      records[base + col.CAPACITY] = room;
    }
    this.#shift(base, -start);
  }

  #shift(base: number, by: number): void {
    const records = this.#rows.data;
    records[base + col.START] = (records[base + col.START] as number) + by;
    for (let at = base + col.WINDOWS; at < base + this.#recordSize; at += this.#windowSize) {
      records[at + col.LEFT] = (records[at + col.LEFT] as number) + by;
      records[at + col.RIGHT] = (records[at + col.RIGHT] as number) + by;
    }
  }
}

export type TileCapture = { readonly record: Float64Array; readonly cells: Float64Array };
