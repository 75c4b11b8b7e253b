import { RegionPool, type RegionPoolState, regionCapacity } from "./region-pool.ts";

/** A distinct count stops here: the 32 most recently seen ids of a slot are kept, 16 bytes each. */
export const DISTINCT_CAP = 32;

/**
 * Which ids were seen at a slot, and when last: enough to count distinct ids over one window, exactly up to
 * `DISTINCT_CAP`. The window is (now - length, now] to the millisecond.
 */
export class DistinctTable {
  readonly windowMs: number;
  #pool = new RegionPool(2);
  #regions = new Int32Array(3 * 16); // offset, capacity, length of each slot

  constructor(windowMs: number) {
    this.windowMs = windowMs;
  }

  ensure(slots: number): void {
    if (slots * 3 <= this.#regions.length) return;
    const grown = new Int32Array(3 * Math.max(slots, Math.ceil((this.#regions.length / 3) * 1.6)));
    grown.set(this.#regions);
    this.#regions = grown;
  }

  /** Distinct ids in the window that ends now, `current` included; NaN as `current` adds none. */
  count(slot: number, current: number, nowMs: number): number {
    const data = this.#pool.data;
    const first = (this.#regions[slot * 3] as number) * 2;
    const end = first + (this.#regions[slot * 3 + 2] as number) * 2;
    let count = Number.isNaN(current) ? 0 : 1;
    for (let at = first; at < end; at += 2) {
      if (data[at] !== current && (data[at + 1] as number) > nowMs - this.windowMs) count++;
    }
    return Math.min(count, DISTINCT_CAP);
  }

  /** Records an id; ids whose last sighting left the window are dropped, then the oldest if the slot is full. */
  add(slot: number, id: number, seenAtMs: number, nowMs: number): void {
    this.#drop(slot, nowMs);
    const length = this.#regions[slot * 3 + 2] as number;
    const found = this.#place(slot, id, length);
    const place = found ?? this.#newPlace(slot, length);
    const at = ((this.#regions[slot * 3] as number) + place) * 2;
    const data = this.#pool.data;
    data[at + 1] = found === null ? seenAtMs : Math.max(data[at + 1] as number, seenAtMs);
    data[at] = id;
  }

  clear(slot: number): void {
    const capacity = this.#regions[slot * 3 + 1] as number;
    if (capacity > 0) this.#pool.release(this.#regions[slot * 3] as number, capacity);
    this.#regions.fill(0, slot * 3, slot * 3 + 3);
  }

  capture(slot: number): Float64Array {
    const offset = this.#regions[slot * 3] as number;
    return this.#pool.data.slice(offset * 2, (offset + (this.#regions[slot * 3 + 2] as number)) * 2);
  }

  restore(slot: number, saved: Float64Array): void {
    this.clear(slot);
    if (saved.length === 0) return;
    const capacity = regionCapacity(saved.length / 2);
    const offset = this.#pool.allocate(capacity);
    this.#pool.data.set(saved, offset * 2);
    this.#regions.set([offset, capacity, saved.length / 2], slot * 3);
  }

  toState(): DistinctTableState {
    return { regions: this.#regions, pool: this.#pool.toState() };
  }

  fromState(state: DistinctTableState): void {
    this.#regions = state.regions.slice();
    this.#pool.fromState(state.pool);
  }

  #drop(slot: number, nowMs: number): void {
    const data = this.#pool.data;
    const first = (this.#regions[slot * 3] as number) * 2;
    const end = first + (this.#regions[slot * 3 + 2] as number) * 2;
    let to = first;
    for (let at = first; at < end; at += 2) {
      if ((data[at + 1] as number) <= nowMs - this.windowMs) continue;
      data[to] = data[at] as number;
      data[to + 1] = data[at + 1] as number;
      to += 2;
    }
    this.#regions[slot * 3 + 2] = (to - first) / 2;
  }

  #place(slot: number, id: number, length: number): number | null {
    const offset = this.#regions[slot * 3] as number;
    for (let i = 0; i < length; i++) if (this.#pool.data[(offset + i) * 2] === id) return i;
    return null;
  }

  #newPlace(slot: number, length: number): number {
    if (length === DISTINCT_CAP) return this.#oldest(slot);
    const offset = this.#regions[slot * 3] as number;
    const capacity = this.#regions[slot * 3 + 1] as number;
    if (length === capacity) {
      const room = regionCapacity(length + 1);
      const moved = this.#pool.allocate(room);
      if (length > 0) this.#pool.move(offset, moved, length);
      if (capacity > 0) this.#pool.release(offset, capacity);
      this.#regions[slot * 3] = moved;
      this.#regions[slot * 3 + 1] = room;
    }
    this.#regions[slot * 3 + 2] = length + 1;
    return length;
  }

  #oldest(slot: number): number {
    const at = (this.#regions[slot * 3] as number) * 2;
    let oldest = 0;
    for (let i = 1; i < DISTINCT_CAP; i++) {
      if ((this.#pool.data[at + i * 2 + 1] as number) < (this.#pool.data[at + oldest * 2 + 1] as number))
        oldest = i;
    }
    return oldest;
  }
}

export type DistinctTableState = { readonly regions: Int32Array; readonly pool: RegionPoolState };
