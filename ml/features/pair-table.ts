import type { StateReader, StateWriter } from "./saved-state.ts";

const MAX_LOAD = 0.7;
const FIRST_CAPACITY = 256; // a power of two, as every capacity

/** A pair of ids by the mix of their fingerprints. */
export type Pair = { high: number; low: number };

/**
 * When each pair of ids was last seen: open addressing with linear probing, 16 bytes a place (23 to 46 a pair): the
 * pair in two integers, then the time. Pairs older than the horizon are dropped when the table grows; readers
 * compare times with the horizon themselves, so dropping changes no answer.
 */
export class PairTable {
  #capacity = FIRST_CAPACITY;
  #size = 0;
  #data = emptyPlaces(FIRST_CAPACITY); // even: the pair, odd: when it was seen; NaN marks an empty place
  #ints = new Int32Array(this.#data.buffer);

  get size(): number {
    return this.#size;
  }

  /** When the pair was last seen, NaN when never. */
  get(high: number, low: number): number {
    return this.#data[this.#find(high, low) * 2 + 1] as number;
  }

  /** Looks at where a pair would be, without waiting for it. */
  warm(low: number): number {
    return this.#ints[(low & (this.#capacity - 1)) * 4] as number;
  }

  /** Records a sighting; `forgottenMs` is the time at or before which pairs may be dropped. */
  set(high: number, low: number, seenAtMs: number, forgottenMs: number): void {
    if (this.#size >= this.#capacity * MAX_LOAD) this.#rehash(forgottenMs);
    const place = this.#find(high, low);
    if (Number.isNaN(this.#data[place * 2 + 1])) {
      this.#size++;
      this.#ints[place * 4] = high;
      this.#ints[place * 4 + 1] = low;
    }
    this.#data[place * 2 + 1] = seenAtMs;
  }

  /** Removes a pair, closing the gap so that no probe sequence breaks. */
  delete(high: number, low: number): void {
    const mask = this.#capacity - 1;
    let hole = this.#find(high, low);
    if (Number.isNaN(this.#data[hole * 2 + 1])) return;
    this.#size--;
    for (let next = (hole + 1) & mask; !Number.isNaN(this.#data[next * 2 + 1]); next = (next + 1) & mask) {
      const home = (this.#ints[next * 4 + 1] as number) & mask;
      if (((next - home) & mask) < ((next - hole) & mask)) continue; // its home lies behind the hole
      this.#ints.copyWithin(hole * 4, next * 4, next * 4 + 4);
      hole = next;
    }
    this.#data[hole * 2 + 1] = Number.NaN;
  }

  get bytes(): number {
    return this.#data.byteLength;
  }

  save(out: StateWriter): void {
    out.numbers(this.#size);
    out.floats(this.#data);
  }

  restore(from: StateReader): void {
    this.#size = from.floats()[0] ?? 0;
    this.#data = from.floats();
    this.#capacity = this.#data.length / 2;
    this.#ints = new Int32Array(this.#data.buffer, this.#data.byteOffset, this.#data.length * 2);
  }

  #find(high: number, low: number): number {
    const mask = this.#capacity - 1;
    const data = this.#data;
    const ints = this.#ints;
    let place = low & mask;
    while (!Number.isNaN(data[place * 2 + 1])) {
      if (ints[place * 4 + 1] === low && ints[place * 4] === high) break;
      place = (place + 1) & mask;
    }
    return place;
  }

  #rehash(forgottenMs: number): void {
    const data = this.#data;
    const ints = this.#ints;
    let kept = 0;
    for (let i = 1; i < data.length; i += 2) if ((data[i] as number) > forgottenMs) kept++;
    while (this.#capacity * MAX_LOAD < 2 * kept) this.#capacity *= 2;
    this.#data = emptyPlaces(this.#capacity);
    this.#ints = new Int32Array(this.#data.buffer);
    this.#size = kept;
    for (let from = 0; from * 2 < data.length; from++) {
      if (!((data[from * 2 + 1] as number) > forgottenMs)) continue;
      const place = this.#find(ints[from * 4] as number, ints[from * 4 + 1] as number);
      this.#ints[place * 4] = ints[from * 4] as number;
      this.#ints[place * 4 + 1] = ints[from * 4 + 1] as number;
      this.#data[place * 2 + 1] = data[from * 2 + 1] as number;
    }
  }
}

/** The pair of the ids at two places of an array of fingerprint halves; their order matters. */
export function writePair(halves: Int32Array, a: number, b: number, out: Pair): void {
  const [aHigh, aLow] = [halves[a * 2] as number, halves[a * 2 + 1] as number];
  const [bHigh, bLow] = [halves[b * 2] as number, halves[b * 2 + 1] as number];
  out.high = Math.imul(aHigh ^ 0x9e3779b9, 2246822507) ^ Math.imul(bHigh ^ (bLow >>> 15), 3266489909);
  const mixed = Math.imul(aLow ^ (aHigh >>> 16), 2654435761) ^ Math.imul(bLow + 0x7f4a7c15, 1597334677);
  out.low = mixed ^ (mixed >>> 15);
}

function emptyPlaces(capacity: number): Float64Array<ArrayBuffer> {
  return new Float64Array(capacity * 2).fill(Number.NaN);
}
