import { RegionPool, type RegionPoolState, regionCapacity } from "./region-pool.ts";

/** A window in tiles: at tile T it covers the tiles in (T - left, T - right]. */
export type TileWindow = { readonly left: number; readonly right: number };

// Per slot: region offset, region capacity, first cell, cell count, then left and right cell of each window.
const OFFSET = 0;
const CAPACITY = 1;
const START = 2;
const LENGTH = 3;
const POINTERS = 4;

/**
 * Sliding sums per slot. Payments fall into tiles of one length; a slot keeps its non-empty tiles in time order
 * (never more than the longest window holds) and, per window, the running sums as of its newest tile. Values are
 * integers, so sums are exact whatever the order of additions and removals: reading is O(1) plus the tiles that
 * left since the newest one, and restarts cannot change a bit.
 */
export class TileTable {
  readonly fields: number;
  readonly windows: readonly TileWindow[];
  readonly longest: number; // tiles the longest window reaches back
  #pool: RegionPool;
  #ints: Int32Array;
  #sums: Float64Array;
  readonly #stride: number;
  readonly #intStride: number;
  readonly #longestWindow: number;

  /** @throws RangeError without a window, or with one that ends before it begins. */
  constructor(windows: readonly TileWindow[], fields: number) {
    if (windows.length === 0 || windows.some((w) => w.right < 0 || w.left <= w.right)) {
      throw new RangeError("a tile table needs windows with left > right >= 0");
    }
    this.windows = windows;
    this.fields = fields;
    this.longest = Math.max(...windows.map((w) => w.left));
    this.#longestWindow = windows.findIndex((w) => w.left === this.longest);
    this.#stride = fields + 1;
    this.#intStride = POINTERS + 2 * windows.length;
    this.#pool = new RegionPool(this.#stride);
    this.#ints = new Int32Array(16 * this.#intStride);
    this.#sums = new Float64Array(16 * windows.length * fields);
  }

  /** Makes room for slots 0 .. slots - 1. */
  ensure(slots: number): void {
    if (slots * this.#intStride <= this.#ints.length) return;
    const room = Math.max(slots, Math.ceil((this.#ints.length / this.#intStride) * 1.6));
    const ints = new Int32Array(room * this.#intStride);
    ints.set(this.#ints);
    this.#ints = ints;
    const sums = new Float64Array(room * this.windows.length * this.fields);
    sums.set(this.#sums);
    this.#sums = sums;
  }

  /**
   * Writes the sums of every window as of `tile` (windows x fields values). Tiles at or before `hiddenTile` do
   * not count. Changes nothing.
   */
  read(slot: number, tile: number, hiddenTile: number, out: Float64Array, at: number): void {
    const ints = this.#ints;
    const base = slot * this.#intStride;
    const length = ints[base + LENGTH] as number;
    const width = this.windows.length * this.fields;
    if (length === 0) {
      for (let i = 0; i < width; i++) out[at + i] = 0;
      return;
    }
    const end = (ints[base + START] as number) + length;
    const head = this.#pool.data[((ints[base + OFFSET] as number) + end - 1) * this.#stride] as number;
    if (tile < head) this.#walk(slot, tile, hiddenTile, out, at);
    else this.#roll(base, tile, hiddenTile, head, end, out, at);
  }

  /** Adds values (integers, also negative) to a tile of a slot; a tile the windows have left behind is ignored. */
  add(slot: number, tile: number, values: Float64Array): void {
    const base = slot * this.#intStride;
    const length = this.#ints[base + LENGTH] as number;
    if (length === 0) {
      this.#append(slot, tile, values);
      return;
    }
    const last = (this.#ints[base + OFFSET] as number) + (this.#ints[base + START] as number) + length - 1;
    const head = this.#pool.data[last * this.#stride] as number;
    if (tile > head) {
      this.#advance(slot, tile);
      this.#append(slot, tile, values);
    } else if (tile === head) {
      this.#addToCell(last, values);
      this.#addToSums(slot, tile, head, values);
    } else if (tile > head - this.longest) {
      this.#insert(slot, tile, values);
      this.#addToSums(slot, tile, head, values);
    }
  }

  /** Forgets a slot and frees its tiles. */
  clear(slot: number): void {
    const base = slot * this.#intStride;
    const capacity = this.#ints[base + CAPACITY] as number;
    if (capacity > 0) this.#pool.release(this.#ints[base + OFFSET] as number, capacity);
    this.#ints.fill(0, base, base + this.#intStride);
    const width = this.windows.length * this.fields;
    this.#sums.fill(0, slot * width, (slot + 1) * width);
  }

  /** A copy of a slot's state for `restore`. */
  capture(slot: number): TileCapture {
    const base = slot * this.#intStride;
    const width = this.windows.length * this.fields;
    const first = (this.#ints[base + OFFSET] as number) + (this.#ints[base + START] as number);
    const length = this.#ints[base + LENGTH] as number;
    return {
      ints: this.#ints.slice(base, base + this.#intStride),
      sums: this.#sums.slice(slot * width, (slot + 1) * width),
      cells: this.#pool.data.slice(first * this.#stride, (first + length) * this.#stride),
    };
  }

  restore(slot: number, saved: TileCapture): void {
    this.clear(slot);
    const length = saved.ints[LENGTH] as number;
    if (length === 0) return;
    const base = slot * this.#intStride;
    const capacity = regionCapacity(length);
    const offset = this.#pool.allocate(capacity);
    this.#pool.data.set(saved.cells, offset * this.#stride);
    this.#ints.set(saved.ints, base);
    this.#ints[base + OFFSET] = offset;
    this.#ints[base + CAPACITY] = capacity;
    this.#sums.set(saved.sums, slot * this.windows.length * this.fields);
    this.#shift(base, -(saved.ints[START] as number));
  }

  toState(): TileTableState {
    return { ints: this.#ints, sums: this.#sums, pool: this.#pool.toState() };
  }

  fromState(state: TileTableState): void {
    this.#ints = state.ints.slice();
    this.#sums = state.sums.slice();
    this.#pool.fromState(state.pool);
  }

  #roll(
    base: number,
    tile: number,
    hiddenTile: number,
    head: number,
    end: number,
    out: Float64Array,
    at: number,
  ): void {
    const { fields, windows } = this;
    const ints = this.#ints;
    const offset = ints[base + OFFSET] as number;
    const sumsAt = (base / this.#intStride) * windows.length * fields;
    for (let w = 0; w < windows.length; w++) {
      const window = windows[w] as TileWindow;
      const edge = Math.max(tile - window.left, hiddenTile);
      const to = at + w * fields;
      if (head <= edge) {
        for (let f = 0; f < fields; f++) out[to + f] = 0;
        continue;
      }
      for (let f = 0; f < fields; f++) out[to + f] = this.#sums[sumsAt + w * fields + f] as number;
      const pointer = base + POINTERS + 2 * w;
      const right = this.#gather(offset, ints[pointer + 1] as number, end, tile - window.right, 1, out, to);
      this.#gather(offset, ints[pointer] as number, right, edge, -1, out, to);
    }
  }

  /** Adds (or subtracts) the cells of [from, end) whose tile is at most `limit` and returns the first one that is not. */
  #gather(
    offset: number,
    from: number,
    end: number,
    limit: number,
    sign: number,
    target: Float64Array,
    at: number,
  ): number {
    const data = this.#pool.data;
    const fields = this.fields;
    let position = from;
    for (; position < end; position++) {
      const cell = (offset + position) * this.#stride;
      if ((data[cell] as number) > limit) break;
      for (let f = 1; f <= fields; f++) {
        target[at + f - 1] = (target[at + f - 1] as number) + sign * (data[cell + f] as number);
      }
    }
    return position;
  }

  /** For a payment older than the slot's newest tile: adds up what lies inside its windows. */
  #walk(slot: number, tile: number, hiddenTile: number, out: Float64Array, at: number): void {
    const { fields, windows } = this;
    const base = slot * this.#intStride;
    const data = this.#pool.data;
    const first = (this.#ints[base + OFFSET] as number) + (this.#ints[base + START] as number);
    const last = first + (this.#ints[base + LENGTH] as number);
    for (let w = 0; w < windows.length; w++) {
      const window = windows[w] as TileWindow;
      const edge = Math.max(tile - window.left, hiddenTile);
      const to = at + w * fields;
      for (let f = 0; f < fields; f++) out[to + f] = 0;
      for (let cell = first * this.#stride; cell < last * this.#stride; cell += this.#stride) {
        const cellTile = data[cell] as number;
        if (cellTile <= edge || cellTile > tile - window.right) continue;
        for (let f = 0; f < fields; f++)
          out[to + f] = (out[to + f] as number) + (data[cell + 1 + f] as number);
      }
    }
  }

  /** Moves the running sums from the newest tile to a later one and drops what no window reaches any more. */
  #advance(slot: number, tile: number): void {
    const { fields, windows } = this;
    const ints = this.#ints;
    const base = slot * this.#intStride;
    const offset = ints[base + OFFSET] as number;
    const end = (ints[base + START] as number) + (ints[base + LENGTH] as number);
    for (let w = 0; w < windows.length; w++) {
      const window = windows[w] as TileWindow;
      const at = (slot * windows.length + w) * fields;
      const pointer = base + POINTERS + 2 * w;
      const right = this.#gather(
        offset,
        ints[pointer + 1] as number,
        end,
        tile - window.right,
        1,
        this.#sums,
        at,
      );
      ints[pointer] = this.#gather(
        offset,
        ints[pointer] as number,
        right,
        tile - window.left,
        -1,
        this.#sums,
        at,
      );
      ints[pointer + 1] = right;
    }
    const start = ints[base + POINTERS + 2 * this.#longestWindow] as number;
    ints[base + LENGTH] = end - start;
    ints[base + START] = start;
  }

  #append(slot: number, tile: number, values: Float64Array): void {
    const base = slot * this.#intStride;
    this.#makeRoom(base);
    const end = (this.#ints[base + START] as number) + (this.#ints[base + LENGTH] as number);
    this.#writeCell((this.#ints[base + OFFSET] as number) + end, tile, values);
    this.#ints[base + LENGTH] = (this.#ints[base + LENGTH] as number) + 1;
    for (let w = 0; w < this.windows.length; w++) {
      if ((this.windows[w] as TileWindow).right === 0) this.#ints[base + POINTERS + 2 * w + 1] = end + 1;
    }
    this.#addToSums(slot, tile, tile, values);
  }

  /** Finds or makes the cell of a tile older than the newest and adds the values; window sums are left alone. */
  #insert(slot: number, tile: number, values: Float64Array): void {
    const base = slot * this.#intStride;
    this.#makeRoom(base);
    const offset = this.#ints[base + OFFSET] as number;
    const start = this.#ints[base + START] as number;
    const end = start + (this.#ints[base + LENGTH] as number);
    const head = this.#pool.data[(offset + end - 1) * this.#stride] as number;
    let position = end;
    while (position > start && (this.#pool.data[(offset + position - 1) * this.#stride] as number) >= tile)
      position--;
    if (this.#pool.data[(offset + position) * this.#stride] === tile) {
      this.#addToCell(offset + position, values);
      return;
    }
    this.#pool.move(offset + position, offset + position + 1, end - position);
    this.#writeCell(offset + position, tile, values);
    this.#ints[base + LENGTH] = end - start + 1;
    for (let w = 0; w < this.windows.length; w++) {
      const window = this.windows[w] as TileWindow;
      const pointer = base + POINTERS + 2 * w;
      if (tile <= head - window.left) this.#ints[pointer] = (this.#ints[pointer] as number) + 1;
      if (tile <= head - window.right) this.#ints[pointer + 1] = (this.#ints[pointer + 1] as number) + 1;
    }
  }

  #addToSums(slot: number, tile: number, head: number, values: Float64Array): void {
    for (let w = 0; w < this.windows.length; w++) {
      const window = this.windows[w] as TileWindow;
      if (tile <= head - window.left || tile > head - window.right) continue;
      const at = (slot * this.windows.length + w) * this.fields;
      for (let f = 0; f < this.fields; f++)
        this.#sums[at + f] = (this.#sums[at + f] as number) + (values[f] as number);
    }
  }

  #addToCell(cell: number, values: Float64Array): void {
    const at = cell * this.#stride + 1;
    const data = this.#pool.data;
    for (let f = 0; f < this.fields; f++) data[at + f] = (data[at + f] as number) + (values[f] as number);
  }

  #writeCell(cell: number, tile: number, values: Float64Array): void {
    const at = cell * this.#stride;
    this.#pool.data[at] = tile;
    for (let f = 0; f < this.fields; f++) this.#pool.data[at + 1 + f] = values[f] as number;
  }

  /** Ensures a free cell behind the newest tile: by moving to the front of the region, or to a larger one. */
  #makeRoom(base: number): void {
    const ints = this.#ints;
    const capacity = ints[base + CAPACITY] as number;
    const start = ints[base + START] as number;
    const length = ints[base + LENGTH] as number;
    if (start + length < capacity) return;
    const offset = ints[base + OFFSET] as number;
    if (start * 2 >= capacity && capacity > 0) {
      this.#pool.move(offset + start, offset, length);
    } else {
      const room = regionCapacity(length + 1);
      const moved = this.#pool.allocate(room);
      if (length > 0) this.#pool.move(offset + start, moved, length);
      if (capacity > 0) this.#pool.release(offset, capacity);
      ints[base + OFFSET] = moved;
      ints[base + CAPACITY] = room;
    }
    this.#shift(base, -start);
  }

  #shift(base: number, by: number): void {
    this.#ints[base + START] = (this.#ints[base + START] as number) + by;
    for (let i = POINTERS; i < this.#intStride; i++)
      this.#ints[base + i] = (this.#ints[base + i] as number) + by;
  }
}

export type TileCapture = {
  readonly ints: Int32Array;
  readonly sums: Float64Array;
  readonly cells: Float64Array;
};
export type TileTableState = {
  readonly ints: Int32Array;
  readonly sums: Float64Array;
  readonly pool: RegionPoolState;
};
