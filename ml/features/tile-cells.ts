import type { RegionPool } from "./region-pool.ts";
import type { SlotRows } from "./slot-rows.ts";
import { LENGTH, OFFSET } from "./tile-record.ts";

/**
 * The single tiles of a tile table's slots, for facts that are not sums of windows. A cell is an index into the pool;
 * those of a slot lie in order of time, from `first` to `newest`, and hold until the table changes.
 */
export class TileCells {
  readonly #pool: RegionPool;
  readonly #rows: SlotRows;
  readonly #column: number;

  constructor(pool: RegionPool, rows: SlotRows, column: number) {
    this.#pool = pool;
    this.#rows = rows;
    this.#column = column;
  }

  /** The newest cell at or before a tile, -1 when there is none. O(log of the slot's tiles). */
  newest(slot: number, tile: number): number {
    const base = (slot * this.#rows.width + this.#column) * 2;
    const length = this.#rows.ints[base + LENGTH] as number;
    if (length === 0) return -1;
    const first = this.#rows.ints[base + OFFSET] as number;
    if (this.tile(first + length - 1) <= tile) return first + length - 1;
    let low = first; // every cell before it is at or before the tile
    let high = first + length - 1; // none from here on is
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.tile(middle) <= tile) low = middle + 1;
      else high = middle;
    }
    return low > first ? low - 1 : -1;
  }

  /** The oldest cell of a slot that has one. */
  first(slot: number): number {
    return this.#rows.ints[(slot * this.#rows.width + this.#column) * 2 + OFFSET] as number;
  }

  tile(cell: number): number {
    return this.#pool.data[cell * this.#pool.stride] as number;
  }

  /** The first field of the cells from `from` to `to`, both included; `first` is the slot's oldest cell. */
  count(first: number, from: number, to: number): number {
    const { data, stride } = this.#pool;
    const until = data[to * stride + 1] as number;
    return from === first ? until : until - (data[(from - 1) * stride + 1] as number);
  }
}
