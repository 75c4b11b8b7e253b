import { RegionPool, type RegionPoolState, regionCapacity } from "./region-pool.ts";
import { SlotRows } from "./slot-rows.ts";

/** A distinct count stops here: the 32 most recently seen ids of a slot are kept, 16 bytes each. */
export const DISTINCT_CAP = 32;

/**
 * Which ids were seen at a slot, and when last: enough to count distinct ids over one window, exactly up to
 * `DISTINCT_CAP`. The window is (now - length, now] to the millisecond.
 */
export class DistinctTable {
  readonly windowMs: number;
  readonly #pool = new RegionPool(2);
  readonly #rows: SlotRows;
  readonly #column: number; // offset, capacity, length of a slot's region

  constructor(windowMs: number, rows: SlotRows = new SlotRows()) {
    this.windowMs = windowMs;
    this.#rows = rows;
    this.#column = rows.reserve(3);
  }

  /** Distinct ids in the window that ends now, `current` included; NaN as `current` adds none. */
  count(slot: number, current: number, nowMs: number): number {
    const data = this.#pool.data;
    const first = (this.#rows.data[this.#at(slot)] as number) * 2;
    const end = first + (this.#rows.data[this.#at(slot) + 2] as number) * 2;
    let count = Number.isNaN(current) ? 0 : 1;
    for (let at = first; at < end; at += 2) {
      if (data[at] !== current && (data[at + 1] as number) > nowMs - this.windowMs) count++;
    }
    return Math.min(count, DISTINCT_CAP);
  }

  /** Records an id; ids whose last sighting left the window are dropped, then the oldest if the slot is full. */
  add(slot: number, id: number, seenAtMs: number, nowMs: number): void {
    this.#drop(slot, nowMs);
    const length = this.#rows.data[this.#at(slot) + 2] as number;
    const found = this.#place(slot, id, length);
    const place = found ?? this.#newPlace(slot, length);
    const at = ((this.#rows.data[this.#at(slot)] as number) + place) * 2;
    const data = this.#pool.data;
    data[at + 1] = found === null ? seenAtMs : Math.max(data[at + 1] as number, seenAtMs);
    data[at] = id;
  }

  clear(slot: number): void {
    const capacity = this.#rows.data[this.#at(slot) + 1] as number;
    if (capacity > 0) this.#pool.release(this.#rows.data[this.#at(slot)] as number, capacity);
    this.#rows.data.fill(0, this.#at(slot), this.#at(slot) + 3);
  }

  capture(slot: number): Float64Array {
    const offset = this.#rows.data[this.#at(slot)] as number;
    return this.#pool.data.slice(offset * 2, (offset + (this.#rows.data[this.#at(slot) + 2] as number)) * 2);
  }

  restore(slot: number, saved: Float64Array): void {
    this.clear(slot);
    if (saved.length === 0) return;
    const capacity = regionCapacity(saved.length / 2);
    const offset = this.#pool.allocate(capacity);
    this.#pool.data.set(saved, offset * 2);
    this.#rows.data.set([offset, capacity, saved.length / 2], this.#at(slot));
  }

  /** The pool's part of the state; the rest is in the rows. */
  toState(): RegionPoolState {
    return this.#pool.toState();
  }

  fromState(state: RegionPoolState): void {
    this.#pool.fromState(state);
  }

  #at(slot: number): number {
    return slot * this.#rows.width + this.#column;
  }

  #drop(slot: number, nowMs: number): void {
    const data = this.#pool.data;
    const first = (this.#rows.data[this.#at(slot)] as number) * 2;
    const end = first + (this.#rows.data[this.#at(slot) + 2] as number) * 2;
    let to = first;
    for (let at = first; at < end; at += 2) {
      if ((data[at + 1] as number) <= nowMs - this.windowMs) continue;
      data[to] = data[at] as number;
      data[to + 1] = data[at + 1] as number;
      to += 2;
    }
    this.#rows.data[this.#at(slot) + 2] = (to - first) / 2;
  }

  #place(slot: number, id: number, length: number): number | null {
    const offset = this.#rows.data[this.#at(slot)] as number;
    for (let i = 0; i < length; i++) if (this.#pool.data[(offset + i) * 2] === id) return i;
    return null;
  }

  #newPlace(slot: number, length: number): number {
    if (length === DISTINCT_CAP) return this.#oldest(slot);
    const offset = this.#rows.data[this.#at(slot)] as number;
    const capacity = this.#rows.data[this.#at(slot) + 1] as number;
    if (length === capacity) {
      const room = regionCapacity(length + 1);
      const moved = this.#pool.allocate(room);
      if (length > 0) this.#pool.move(offset, moved, length);
      if (capacity > 0) this.#pool.release(offset, capacity);
      this.#rows.data[this.#at(slot)] = moved;
      this.#rows.data[this.#at(slot) + 1] = room;
    }
    this.#rows.data[this.#at(slot) + 2] = length + 1;
    return length;
  }

  #oldest(slot: number): number {
    const at = (this.#rows.data[this.#at(slot)] as number) * 2;
    let oldest = 0;
    for (let i = 1; i < DISTINCT_CAP; i++) {
      if ((this.#pool.data[at + i * 2 + 1] as number) < (this.#pool.data[at + oldest * 2 + 1] as number))
        oldest = i;
    }
    return oldest;
  }
}
