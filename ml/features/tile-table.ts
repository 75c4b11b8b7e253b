import { RegionPool, regionCapacity } from "./region-pool.ts";
import type { StateReader, StateWriter } from "./saved-state.ts";
import { SlotRows } from "./slot-rows.ts";
import { TileCells } from "./tile-cells.ts";
import * as col from "./tile-record.ts";

/** A window in tiles: at tile T it covers the tiles in (T - left, T - right]. */
export type TileWindow = { readonly left: number; readonly right: number };

/**
 * Sliding sums per slot. Payments fall into tiles of one length; a slot keeps a cell for each non-empty tile in time
 * order, and a cell holds the sums of its own and all earlier cells, so that a window's sums are the difference of
 * two cells whatever its length. Where a window's edge was last found is kept as a hint: a read costs the tiles that
 * the edge passed since. Values are integers, so sums are exact whatever the order of additions.
 *
 * Memory: a region of 2 to 2^k cells of 8 x (fields + 1) bytes, where 2^k is below 2.5 x (tiles of the longest
 * window + 1), and 8 x ceil((3 + edges) / 2) bytes of the row; an edge per window, two for one that ends early.
 */
export class TileTable {
  readonly fields: number;
  readonly windows: readonly TileWindow[];
  readonly longest: number; // tiles the longest window reaches back
  readonly cells: TileCells;
  readonly #pool: RegionPool;
  readonly #rows: SlotRows;
  readonly #column: number;
  readonly #newest: number; // column of the newest cell's tile, so that an empty window costs no look at the cells
  readonly #stride: number;
  readonly #edges: number;
  readonly #lefts: Float64Array;
  readonly #rights: Float64Array;

  /** @throws RangeError without a window, or with one that ends before it begins. */
  constructor(windows: readonly TileWindow[], fields: number, rows: SlotRows = new SlotRows()) {
    if (windows.length === 0 || windows.some((w) => w.right < 0 || w.left <= w.right)) {
      throw new RangeError("a tile table needs windows with left > right >= 0");
    }
    this.windows = windows;
    this.fields = fields;
    this.longest = Math.max(...windows.map((w) => w.left));
    this.#lefts = Float64Array.from(windows, (w) => w.left);
    this.#rights = Float64Array.from(windows, (w) => w.right);
    this.#stride = fields + 1;
    this.#edges = windows.length + (windows.some((w) => w.right > 0) ? windows.length : 0);
    this.#pool = new RegionPool(this.#stride);
    this.#rows = rows;
    this.#newest = rows.reserve(1);
    this.#column = rows.reserveInts(col.EDGES + this.#edges);
    this.cells = new TileCells(this.#pool, rows, this.#column);
  }

  /**
   * Writes the sums of every window as of `tile` (windows x fields values). Tiles at or before `hiddenTile` do
   * not count. What later reads return does not change.
   */
  read(slot: number, tile: number, hiddenTile: number, out: Float64Array, at: number): void {
    const ints = this.#rows.ints;
    const base = (slot * this.#rows.width + this.#column) * 2;
    const length = ints[base + col.LENGTH] as number;
    const windows = this.#lefts.length;
    const { fields } = this;
    const data = this.#pool.data;
    const stride = this.#stride;
    const first = (ints[base + col.OFFSET] as number) * stride;
    const newest = length === 0 ? Number.NEGATIVE_INFINITY : this.#newestTile(slot);
    for (let w = 0; w < windows; w++) {
      const to = at + w * fields;
      const right = tile - (this.#rights[w] as number);
      const left = Math.min(Math.max(tile - (this.#lefts[w] as number), hiddenTile), right);
      if (newest <= left) {
        for (let f = 0; f < fields; f++) out[to + f] = 0;
        continue;
      }
      const before = this.#seek(base, w, first, length, left);
      const until = newest <= right ? length : this.#seekRight(base, w, first, length, right);
      const end = first + (until - 1) * stride + 1;
      if (until === before) for (let f = 0; f < fields; f++) out[to + f] = 0;
      else if (before === 0) for (let f = 0; f < fields; f++) out[to + f] = data[end + f] as number;
      else {
        const start = first + (before - 1) * stride + 1;
        for (let f = 0; f < fields; f++)
          out[to + f] = (data[end + f] as number) - (data[start + f] as number);
      }
    }
  }

  /**
   * Adds values (integers, also negative) to a tile of a slot. Tiles at or before `forgottenTile` are those that no
   * read will ask for again: they are ignored, and dropped when the slot's region is full.
   */
  add(slot: number, tile: number, values: Float64Array, forgottenTile: number): void {
    if (tile <= forgottenTile) return;
    const ints = this.#rows.ints;
    const base = (slot * this.#rows.width + this.#column) * 2;
    const length = ints[base + col.LENGTH] as number;
    const newest = length === 0 ? Number.NEGATIVE_INFINITY : this.#newestTile(slot);
    if (tile > newest) {
      if (newest <= forgottenTile && !this.#pool.inBatch) this.#empty(base);
      this.#append(base, tile, values, forgottenTile);
      this.#rows.data[slot * this.#rows.width + this.#newest] = tile;
      return;
    }
    let position = tile === newest ? length - 1 : this.#find(base, length, tile);
    const cell = (ints[base + col.OFFSET] as number) + position;
    this.#pool.touch(cell, length - position);
    if (this.#pool.data[cell * this.#stride] !== tile) position = this.#insert(base, tile, forgottenTile);
    this.#addFrom(base, position, values);
  }

  /** Looks at the cells that a read will need, so that the memory of several tables is waited for at once. */
  warm(slot: number): number {
    const ints = this.#rows.ints;
    const base = (slot * this.#rows.width + this.#column) * 2;
    const length = ints[base + col.LENGTH] as number;
    if (length === 0) return 0;
    const data = this.#pool.data;
    const first = (ints[base + col.OFFSET] as number) * this.#stride;
    let seen = data[first + (length - 1) * this.#stride] as number;
    for (let edge = base + col.EDGES; edge < base + col.EDGES + this.#edges; edge++)
      seen += data[first + (ints[edge] as number) * this.#stride] as number;
    return seen;
  }

  /** Forgets a slot and frees its tiles. */
  clear(slot: number): void {
    const ints = this.#rows.ints;
    const base = (slot * this.#rows.width + this.#column) * 2;
    const capacity = ints[base + col.CAPACITY] as number;
    if (capacity > 0) this.#pool.release(ints[base + col.OFFSET] as number, capacity);
    ints.fill(0, base, base + col.EDGES + this.#edges);
  }

  /** Opens a batch; the rows' part of it is logged by who shares the rows. */
  begin(): void {
    this.#pool.begin();
  }

  commit(): void {
    this.#pool.commit();
  }

  rollback(): void {
    this.#pool.rollback();
  }

  /** The pool's part of the state; the rest is in the rows. */
  save(out: StateWriter): void {
    this.#pool.save(out);
  }

  restore(from: StateReader): void {
    this.#pool.restore(from);
  }

  /** Bytes of the pool. */
  get bytes(): number {
    return this.#pool.bytes;
  }

  /** How many cells lie at or before `limit`, looked for from where the edge was last. */
  #seek(base: number, edge: number, first: number, length: number, limit: number): number {
    const data = this.#pool.data;
    const stride = this.#stride;
    const ints = this.#rows.ints;
    const hint = ints[base + col.EDGES + edge] as number;
    let count = hint > length ? length : hint;
    while (count < length && (data[first + count * stride] as number) <= limit) count++;
    while (count > 0 && (data[first + (count - 1) * stride] as number) > limit) count--;
    if (count !== hint) ints[base + col.EDGES + edge] = count;
    return count;
  }

  /** As `#seek`, for a right edge behind the newest cell: of a window that ends early, or of a late payment. */
  #seekRight(base: number, window: number, first: number, length: number, limit: number): number {
    if ((this.#rights[window] as number) > 0) {
      return this.#seek(base, this.#lefts.length + window, first, length, limit);
    }
    let count = length;
    while (count > 0 && (this.#pool.data[first + (count - 1) * this.#stride] as number) > limit) count--;
    return count;
  }

  /** Position of the first cell at or after a tile, searched from the newest since most payments are new. */
  #find(base: number, length: number, tile: number): number {
    const data = this.#pool.data;
    const stride = this.#stride;
    const first = (this.#rows.ints[base + col.OFFSET] as number) * stride;
    let position = length;
    while (position > 0 && (data[first + (position - 1) * stride] as number) >= tile) position--;
    return position;
  }

  #newestTile(slot: number): number {
    return this.#rows.data[slot * this.#rows.width + this.#newest] as number;
  }

  #empty(base: number): void {
    const ints = this.#rows.ints;
    ints[base + col.LENGTH] = 0;
    for (let edge = base + col.EDGES; edge < base + col.EDGES + this.#edges; edge++) ints[edge] = 0;
  }

  /** Makes the cell of a tile behind all others. */
  #append(base: number, tile: number, values: Float64Array, forgottenTile: number): void {
    const ints = this.#rows.ints;
    if (ints[base + col.LENGTH] === ints[base + col.CAPACITY]) this.#makeRoom(base, forgottenTile);
    const length = ints[base + col.LENGTH] as number;
    const data = this.#pool.data;
    const stride = this.#stride;
    const cell = ((ints[base + col.OFFSET] as number) + length) * stride;
    data[cell] = tile;
    for (let f = 1; f < stride; f++) {
      data[cell + f] = (length === 0 ? 0 : (data[cell - stride + f] as number)) + (values[f - 1] as number);
    }
    ints[base + col.LENGTH] = length + 1;
  }

  /** Makes a cell for a tile before the newest, with the sums of the cell before it; returns its position. */
  #insert(base: number, tile: number, forgottenTile: number): number {
    const ints = this.#rows.ints;
    if (ints[base + col.LENGTH] === ints[base + col.CAPACITY]) this.#makeRoom(base, forgottenTile);
    const length = ints[base + col.LENGTH] as number;
    const position = this.#find(base, length, tile);
    const data = this.#pool.data;
    const stride = this.#stride;
    const first = (ints[base + col.OFFSET] as number) * stride;
    const cell = first + position * stride;
    data.copyWithin(cell + stride, cell, first + length * stride);
    data[cell] = tile;
    for (let f = 1; f < stride; f++)
      data[cell + f] = position === 0 ? 0 : (data[cell - stride + f] as number);
    ints[base + col.LENGTH] = length + 1;
    return position;
  }

  /** Adds to the cell at a position and to all later ones. */
  #addFrom(base: number, position: number, values: Float64Array): void {
    const data = this.#pool.data;
    const stride = this.#stride;
    const first = (this.#rows.ints[base + col.OFFSET] as number) * stride;
    const end = first + (this.#rows.ints[base + col.LENGTH] as number) * stride;
    for (let cell = first + position * stride; cell < end; cell += stride) {
      for (let f = 1; f < stride; f++)
        data[cell + f] = (data[cell + f] as number) + (values[f - 1] as number);
    }
  }

  /** Drops the forgotten cells, and moves the rest to a region with room for more. */
  #makeRoom(base: number, forgottenTile: number): void {
    const ints = this.#rows.ints;
    const stride = this.#stride;
    const offset = ints[base + col.OFFSET] as number;
    const capacity = ints[base + col.CAPACITY] as number;
    const length = ints[base + col.LENGTH] as number;
    let dropped = 0;
    while (dropped < length && (this.#pool.data[(offset + dropped) * stride] as number) <= forgottenTile)
      dropped++;
    const kept = length - dropped;
    const room = regionCapacity(kept + (kept >> 2) + 1);
    const inPlace = room === capacity && !this.#pool.inBatch;
    const moved = inPlace ? offset : this.#pool.allocate(room);
    this.#moveCells(offset + dropped, moved, kept, dropped > 0);
    if (!inPlace && capacity > 0) this.#pool.release(offset, capacity);
    ints[base + col.OFFSET] = moved;
    ints[base + col.CAPACITY] = room;
    ints[base + col.LENGTH] = kept;
    for (let edge = base + col.EDGES; edge < base + col.EDGES + this.#edges; edge++) {
      ints[edge] = Math.max(0, (ints[edge] as number) - dropped);
    }
  }

  /** Moves cells; if others lay before them, their sums no longer count. */
  #moveCells(from: number, to: number, cells: number, rebase: boolean): void {
    const data = this.#pool.data;
    const stride = this.#stride;
    const base = (from - 1) * stride;
    // Forward within one region: the cell that the sums are taken off is overwritten first, so it is read before.
    const off = rebase ? data.slice(base, base + stride).fill(0, 0, 1) : null;
    data.copyWithin(to * stride, from * stride, (from + cells) * stride);
    if (off === null) return;
    for (let i = 0; i < cells * stride; i++) {
      data[to * stride + i] = (data[to * stride + i] as number) - (off[i % stride] as number);
    }
  }
}
