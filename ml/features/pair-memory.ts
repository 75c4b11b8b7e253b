import { pairKinds, pairOf } from "./feature-readers.ts";
import type { FeatureSet } from "./feature-set.ts";
import { type Pair, PairTable, writePair } from "./pair-table.ts";
import { COUNTRY, CUSTOMER, DEVICE, idFields, MERCHANT, type PaymentIds } from "./payment-ids.ts";
import type { StateReader, StateWriter } from "./saved-state.ts";

/** A pair counts as seen for 180 days after its last payment, whatever became of its entities' other state. */
export const PAIR_MEMORY_MS = 180 * 86_400_000;

const others = { customer_merchant: MERCHANT, customer_device: DEVICE, customer_country: COUNTRY } as const;

type Kind = { readonly index: number; readonly other: number; readonly table: PairTable };
type Halves = { readonly halves: Int32Array; readonly present: Uint8Array };
type Undo = {
  readonly table: PairTable;
  readonly high: number;
  readonly low: number;
  readonly seenAtMs: number;
};

/** Which merchants, devices and countries a customer was seen with, for the pairs that a feature set asks about. */
export class PairMemory {
  readonly needed: boolean;
  readonly #kinds: readonly Kind[];
  readonly #pair: Pair = { high: 0, low: 0 };
  #undo: Undo[] | null = null;

  constructor(set: FeatureSet) {
    const asked = new Set(set.definitions.map(pairOf));
    this.#kinds = pairKinds.flatMap((kind, index) =>
      asked.has(kind) ? [{ index, other: others[kind], table: new PairTable() }] : [],
    );
    this.needed = this.#kinds.length > 0;
  }

  /** Writes a flag for each kind of pair: 1 seen, 0 not, NaN where an id is missing or nobody asks. */
  load(ids: PaymentIds, nowMs: number, frame: Float64Array, at: number): void {
    for (let i = 0; i < pairKinds.length; i++) frame[at + i] = Number.NaN;
    for (let i = 0; i < this.#kinds.length; i++) {
      const { index, other, table } = this.#kinds[i] as Kind;
      if (ids.present[other] === 0) continue;
      writePair(ids.halves, CUSTOMER, other, this.#pair);
      const seenAtMs = table.get(this.#pair.high, this.#pair.low);
      frame[at + index] = seenAtMs > nowMs - PAIR_MEMORY_MS ? 1 : 0;
    }
  }

  /** Looks at what `load` will read for the payment in a row, see EntityStore. */
  warm({ halves, present }: Halves, row: number): number {
    const first = row * idFields.length;
    let seen = 0;
    for (let i = 0; i < this.#kinds.length; i++) {
      const { other, table } = this.#kinds[i] as Kind;
      if (present[first + other] === 0) continue;
      writePair(halves, first + CUSTOMER, first + other, this.#pair);
      seen += table.warm(this.#pair.low);
    }
    return seen;
  }

  /** Counts a payment; `settledMs` is the newest one that no rollback can undo. */
  observe(ids: PaymentIds, atMs: number, settledMs: number): void {
    for (let i = 0; i < this.#kinds.length; i++) {
      const { other, table } = this.#kinds[i] as Kind;
      if (ids.present[other] === 0) continue;
      writePair(ids.halves, CUSTOMER, other, this.#pair);
      const { high, low } = this.#pair;
      const seenAtMs = table.get(high, low);
      if (seenAtMs >= atMs) continue;
      this.#undo?.push({ table, high, low, seenAtMs });
      table.set(high, low, atMs, settledMs - PAIR_MEMORY_MS);
    }
  }

  begin(): void {
    this.#undo = [];
  }

  commit(): void {
    this.#undo = null;
  }

  rollback(): void {
    for (const { table, high, low, seenAtMs } of (this.#undo ?? []).toReversed()) {
      if (Number.isNaN(seenAtMs)) table.delete(high, low);
      else table.set(high, low, seenAtMs, Number.NEGATIVE_INFINITY);
    }
    this.#undo = null;
  }

  /** Pairs remembered. */
  get size(): number {
    return this.#kinds.reduce((total, { table }) => total + table.size, 0);
  }

  get bytes(): number {
    return this.#kinds.reduce((total, { table }) => total + table.bytes, 0);
  }

  save(out: StateWriter): void {
    for (const { table } of this.#kinds) table.save(out);
  }

  restore(from: StateReader): void {
    for (const { table } of this.#kinds) table.restore(from);
  }
}
