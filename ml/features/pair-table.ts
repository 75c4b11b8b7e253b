import type { Fingerprint } from "./fingerprint.ts";

const MAX_LOAD = 0.7;
const FIRST_CAPACITY = 256; // a power of two, as every capacity

/**
 * When each pair of ids was last seen: open addressing with linear probing over fingerprints, 16 bytes a slot
 * (23 to 46 a pair). Pairs older than the horizon are dropped when the table grows; readers compare times with
 * the horizon themselves, so dropping changes no answer.
 */
export class PairTable {
  #capacity = FIRST_CAPACITY;
  #size = 0;
  #high = new Int32Array(FIRST_CAPACITY);
  #low = new Int32Array(FIRST_CAPACITY);
  #seenAt = new Float64Array(FIRST_CAPACITY).fill(Number.NaN); // NaN marks an empty place

  get size(): number {
    return this.#size;
  }

  /** When the pair was last seen, NaN when never. */
  get(a: Fingerprint, b: Fingerprint): number {
    return this.#seenAt[this.#find(mixHigh(a, b), mixLow(a, b))] as number;
  }

  /** Records a sighting; `forgottenMs` is the time at or before which pairs may be dropped. */
  set(a: Fingerprint, b: Fingerprint, seenAtMs: number, forgottenMs: number): void {
    if (this.#size >= this.#capacity * MAX_LOAD) this.#rehash(forgottenMs);
    const high = mixHigh(a, b);
    const low = mixLow(a, b);
    const place = this.#find(high, low);
    if (Number.isNaN(this.#seenAt[place])) {
      this.#size++;
      this.#high[place] = high;
      this.#low[place] = low;
    }
    this.#seenAt[place] = seenAtMs;
  }

  /** Removes a pair, closing the gap so that no probe sequence breaks. */
  delete(a: Fingerprint, b: Fingerprint): void {
    const mask = this.#capacity - 1;
    let hole = this.#find(mixHigh(a, b), mixLow(a, b));
    if (Number.isNaN(this.#seenAt[hole])) return;
    this.#size--;
    for (let next = (hole + 1) & mask; !Number.isNaN(this.#seenAt[next]); next = (next + 1) & mask) {
      const home = (this.#low[next] as number) & mask;
      if (((next - home) & mask) < ((next - hole) & mask)) continue; // its home lies behind the hole
      this.#high[hole] = this.#high[next] as number;
      this.#low[hole] = this.#low[next] as number;
      this.#seenAt[hole] = this.#seenAt[next] as number;
      hole = next;
    }
    this.#seenAt[hole] = Number.NaN;
  }

  toState(): PairTableState {
    return { size: this.#size, high: this.#high, low: this.#low, seenAt: this.#seenAt };
  }

  fromState(state: PairTableState): void {
    this.#size = state.size;
    this.#capacity = state.seenAt.length;
    this.#high = state.high.slice();
    this.#low = state.low.slice();
    this.#seenAt = state.seenAt.slice();
  }

  #find(high: number, low: number): number {
    const mask = this.#capacity - 1;
    let place = low & mask;
    while (!Number.isNaN(this.#seenAt[place])) {
      if (this.#low[place] === low && this.#high[place] === high) break;
      place = (place + 1) & mask;
    }
    return place;
  }

  #rehash(forgottenMs: number): void {
    const { seenAt, high, low } = this.toState();
    let kept = 0;
    for (let i = 0; i < seenAt.length; i++) if ((seenAt[i] as number) > forgottenMs) kept++;
    while (this.#capacity * MAX_LOAD < 2 * kept) this.#capacity *= 2;
    this.#high = new Int32Array(this.#capacity);
    this.#low = new Int32Array(this.#capacity);
    this.#seenAt = new Float64Array(this.#capacity).fill(Number.NaN);
    this.#size = kept;
    for (let i = 0; i < seenAt.length; i++) {
      if (!((seenAt[i] as number) > forgottenMs)) continue;
      const place = this.#find(high[i] as number, low[i] as number);
      this.#high[place] = high[i] as number;
      this.#low[place] = low[i] as number;
      this.#seenAt[place] = seenAt[i] as number;
    }
  }
}

export type PairTableState = {
  readonly size: number;
  readonly high: Int32Array;
  readonly low: Int32Array;
  readonly seenAt: Float64Array;
};

function mixHigh(a: Fingerprint, b: Fingerprint): number {
  return Math.imul(a.high ^ 0x9e3779b9, 2246822507) ^ Math.imul(b.high ^ (b.low >>> 15), 3266489909);
}

function mixLow(a: Fingerprint, b: Fingerprint): number {
  const mixed = Math.imul(a.low ^ (a.high >>> 16), 2654435761) ^ Math.imul(b.low + 0x7f4a7c15, 1597334677);
  return mixed ^ (mixed >>> 15);
}
