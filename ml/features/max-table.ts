import { RegionPool, regionCapacity } from "./region-pool.ts";
import type { StateReader, StateWriter } from "./saved-state.ts";
import { SlotRows } from "./slot-rows.ts";
import { CAPACITY, LENGTH, OFFSET } from "./tile-record.ts";
import type { TileWindow } from "./tile-table.ts";

/**
 * The largest amount per slot in sliding windows that end now. A slot keeps the tiles that may still become the
 * maximum of a window: in order of time their amounts fall, since a tile with a later one as large is dropped (the
 * monotone queue of sliding maxima). That is a handful of cells of 16 bytes, at most the tiles of the longest window.
 */
export class MaxTable {
  readonly windows: readonly TileWindow[];
  readonly longest: number; // tiles the longest window reaches back
  readonly #pool = new RegionPool(2); // tile, amount
  readonly #rows: SlotRows;
  readonly #column: number;
  readonly #oldest: number; // columns of the oldest cell, the largest, so that most reads need no look at the pool

  /** @throws RangeError without a window, or with one that does not end now. */
  constructor(windows: readonly TileWindow[], rows: SlotRows = new SlotRows()) {
    if (windows.length === 0 || windows.some((w) => w.right !== 0 || w.left <= 0))
      throw new RangeError("largest amounts need windows that end now");
    this.windows = windows;
    this.longest = Math.max(...windows.map((w) => w.left));
    this.#rows = rows;
    this.#oldest = rows.reserve(2);
    this.#column = rows.reserveInts(3);
  }

  /** Writes the largest amount of every window as of the newest tile of all; NaN where a window is empty. */
  read(slot: number, nowTile: number, out: Float64Array, at: number): void {
    const base = this.#base(slot);
    const length = this.#rows.ints[base + LENGTH] as number;
    const oldest = slot * this.#rows.width + this.#oldest;
    for (let w = 0; w < this.windows.length; w++) {
      const edge = nowTile - (this.windows[w] as TileWindow).left;
      if (length === 0) out[at + w] = Number.NaN;
      else if ((this.#rows.data[oldest] as number) > edge)
        out[at + w] = this.#rows.data[oldest + 1] as number;
      else out[at + w] = this.#largestAfter(edge, base);
    }
  }

  /**
   * Counts an amount in a tile. Tiles at or before `forgottenTile` are those that no read will ask for again: they
   * are ignored, and dropped when the slot's region is full.
   */
  add(slot: number, tile: number, amount: number, forgottenTile: number): void {
    if (tile <= forgottenTile) return;
    const data = this.#pool.data;
    const base = this.#base(slot);
    const length = this.#rows.ints[base + LENGTH] as number;
    const first = this.#rows.ints[base + OFFSET] as number;
    let later = length; // cells from here on are of later tiles
    while (later > 0 && (data[(first + later - 1) * 2] as number) > tile) later--;
    if (later < length && (data[(first + later) * 2 + 1] as number) >= amount) return;
    const same = later > 0 && data[(first + later - 1) * 2] === tile;
    if (same && (data[(first + later - 1) * 2 + 1] as number) >= amount) return;
    let keep = later; // cells before this one are larger
    while (keep > 0 && (data[(first + keep - 1) * 2 + 1] as number) <= amount) keep--;
    const grows = keep === later && length === this.#rows.ints[base + CAPACITY];
    const dropped = grows ? this.#makeRoom(base, forgottenTile) : 0;
    this.#write(base, { keep: Math.max(0, keep - dropped), later: later - dropped, tile, amount });
    const oldest = slot * this.#rows.width + this.#oldest;
    const cell = (this.#rows.ints[base + OFFSET] as number) * 2;
    this.#rows.data[oldest] = this.#pool.data[cell] as number;
    this.#rows.data[oldest + 1] = this.#pool.data[cell + 1] as number;
  }

  clear(slot: number): void {
    const base = this.#base(slot);
    const capacity = this.#rows.ints[base + CAPACITY] as number;
    if (capacity > 0) this.#pool.release(this.#rows.ints[base + OFFSET] as number, capacity);
    this.#rows.ints.fill(0, base, base + 3);
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

  #base(slot: number): number {
    return (slot * this.#rows.width + this.#column) * 2;
  }

  #largestAfter(edge: number, base: number): number {
    const data = this.#pool.data;
    const first = (this.#rows.ints[base + OFFSET] as number) * 2;
    const end = first + (this.#rows.ints[base + LENGTH] as number) * 2;
    let cell = first;
    while (cell < end && (data[cell] as number) <= edge) cell += 2;
    return cell < end ? (data[cell + 1] as number) : Number.NaN;
  }

  /** Puts a cell behind the first `keep` ones and before those from `later` on; the ones between are dropped. */
  #write(base: number, { keep, later, tile, amount }: NewCell): void {
    const ints = this.#rows.ints;
    const first = ints[base + OFFSET] as number;
    const length = ints[base + LENGTH] as number;
    this.#pool.touch(first + keep, length - keep);
    const data = this.#pool.data;
    if (later < length) data.copyWithin((first + keep + 1) * 2, (first + later) * 2, (first + length) * 2);
    data[(first + keep) * 2] = tile;
    data[(first + keep) * 2 + 1] = amount;
    ints[base + LENGTH] = keep + 1 + length - later;
  }

  /** Drops the forgotten cells and ensures room for one more; returns how many were dropped. */
  #makeRoom(base: number, forgottenTile: number): number {
    const ints = this.#rows.ints;
    const offset = ints[base + OFFSET] as number;
    const capacity = ints[base + CAPACITY] as number;
    const length = ints[base + LENGTH] as number;
    let dropped = 0;
    while (dropped < length && (this.#pool.data[(offset + dropped) * 2] as number) <= forgottenTile)
      dropped++;
    const room = regionCapacity(length - dropped + 1);
    const inPlace = room === capacity && !this.#pool.inBatch;
    const to = inPlace ? offset : this.#pool.allocate(room);
    this.#pool.data.copyWithin(to * 2, (offset + dropped) * 2, (offset + length) * 2);
    if (!inPlace && capacity > 0) this.#pool.release(offset, capacity);
    ints[base + OFFSET] = to;
    ints[base + CAPACITY] = room;
    ints[base + LENGTH] = length - dropped;
    return dropped;
  }
}

type NewCell = {
  readonly keep: number;
  readonly later: number;
  readonly tile: number;
  readonly amount: number;
};
