import { RegionPool, regionCapacity } from "./region-pool.ts";
import type { StateReader, StateWriter } from "./saved-state.ts";
import { SlotRows } from "./slot-rows.ts";

/** A distinct count stops here: the 32 most recently seen ids of a slot are kept, 16 bytes each. */
export const DISTINCT_CAP = 32;

// A slot's integers in its row: region and number of ids.
const OFFSET = 0;
const CAPACITY = 1;
const LENGTH = 2;

/**
 * Which ids were seen at a slot, and when last: enough to count distinct ids over one window, exactly up to
 * `DISTINCT_CAP`. The window is (now - length, now] to the millisecond. Of ids last seen at the same time the
 * smaller one goes first, so that the order they are kept in means nothing.
 */
export class DistinctTable {
  readonly windowMs: number;
  readonly #pool = new RegionPool(2);
  readonly #rows: SlotRows;
  readonly #column: number;

  constructor(windowMs: number, rows: SlotRows = new SlotRows()) {
    this.windowMs = windowMs;
    this.#rows = rows;
    this.#column = rows.reserveInts(3);
  }

  /** Distinct ids in the window that ends now, `current` included; NaN as `current` adds none. */
  count(slot: number, current: number, nowMs: number): number {
    const data = this.#pool.data;
    const base = this.#at(slot);
    const first = (this.#rows.ints[base + OFFSET] as number) * 2;
    const end = first + (this.#rows.ints[base + LENGTH] as number) * 2;
    const leftMs = nowMs - this.windowMs;
    let count = Number.isNaN(current) ? 0 : 1;
    for (let at = first; at < end; at += 2) {
      if (data[at] !== current && (data[at + 1] as number) > leftMs) count++;
    }
    return count < DISTINCT_CAP ? count : DISTINCT_CAP;
  }

  /**
   * Records an id. When the slot's region is full, ids last seen at or before `forgottenMs` are dropped, which no
   * count will see again; beyond the cap the one seen longest ago goes.
   */
  add(slot: number, id: number, seenAtMs: number, forgottenMs: number): void {
    const base = this.#at(slot);
    const ints = this.#rows.ints;
    const length = ints[base + LENGTH] as number;
    const data = this.#pool.data;
    const first = (ints[base + OFFSET] as number) * 2;
    for (let at = first; at < first + length * 2; at += 2) {
      if (data[at] !== id) continue;
      this.#pool.touch(at / 2, 1);
      if ((data[at + 1] as number) < seenAtMs) data[at + 1] = seenAtMs;
      return;
    }
    const cell = this.#newCell(base, forgottenMs);
    this.#pool.data[cell * 2] = id;
    this.#pool.data[cell * 2 + 1] = seenAtMs;
  }

  /** Looks at the slot's ids, see TileTable. */
  warm(slot: number): number {
    return this.#pool.data[(this.#rows.ints[this.#at(slot) + OFFSET] as number) * 2] as number;
  }

  clear(slot: number): void {
    const base = this.#at(slot);
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

  #at(slot: number): number {
    return (slot * this.#rows.width + this.#column) * 2;
  }

  #newCell(base: number, forgottenMs: number): number {
    const ints = this.#rows.ints;
    if (ints[base + LENGTH] === ints[base + CAPACITY]) this.#makeRoom(base, forgottenMs);
    const offset = ints[base + OFFSET] as number;
    const length = ints[base + LENGTH] as number;
    if (length === DISTINCT_CAP) {
      const oldest = offset + this.#oldest(offset);
      this.#pool.touch(oldest, 1);
      return oldest;
    }
    ints[base + LENGTH] = length + 1;
    return offset + length;
  }

  /** Moves the ids not forgotten to a region with room for one more, as long as the cap allows. */
  #makeRoom(base: number, forgottenMs: number): void {
    const ints = this.#rows.ints;
    const offset = ints[base + OFFSET] as number;
    const capacity = ints[base + CAPACITY] as number;
    let kept = 0;
    for (let i = 0; i < capacity; i++) {
      if ((this.#pool.data[(offset + i) * 2 + 1] as number) > forgottenMs) kept++;
    }
    if (kept === DISTINCT_CAP) return;
    const room = regionCapacity(kept + 1);
    const inPlace = room === capacity && !this.#pool.inBatch;
    const moved = inPlace ? offset : this.#pool.allocate(room);
    const data = this.#pool.data;
    let to = moved * 2;
    for (let at = offset * 2; at < (offset + capacity) * 2; at += 2) {
      if (!((data[at + 1] as number) > forgottenMs)) continue;
      data[to] = data[at] as number;
      data[to + 1] = data[at + 1] as number;
      to += 2;
    }
    if (!inPlace && capacity > 0) this.#pool.release(offset, capacity);
    ints[base + OFFSET] = moved;
    ints[base + CAPACITY] = room;
    ints[base + LENGTH] = kept;
  }

  #oldest(offset: number): number {
    const data = this.#pool.data;
    const first = offset * 2;
    let oldest = 0;
    for (let i = 1; i < DISTINCT_CAP; i++) {
      const atMs = data[first + i * 2 + 1] as number;
      const oldestMs = data[first + oldest * 2 + 1] as number;
      const sooner =
        atMs === oldestMs && (data[first + i * 2] as number) < (data[first + oldest * 2] as number);
      if (atMs < oldestMs || sooner) oldest = i;
    }
    return oldest;
  }
}
