import { type PairKind, pairKinds, pairOf } from "./feature-readers.ts";
import type { FeatureSet } from "./feature-set.ts";
import type { Fingerprint } from "./fingerprint.ts";
import { PairTable, type PairTableState } from "./pair-table.ts";

/** A pair counts as seen for 180 days after its last payment, whatever became of its entities' other state. */
export const PAIR_MEMORY_MS = 180 * 86_400_000;

/** The fingerprints of a payment's ids; null where the payment names none. */
export type PaymentIds = {
  readonly customer: Fingerprint;
  readonly merchant: Fingerprint;
  readonly device: Fingerprint | null;
  readonly country: Fingerprint | null;
};

type Undo = {
  readonly table: PairTable;
  readonly a: Fingerprint;
  readonly b: Fingerprint;
  readonly seenAtMs: number;
};

/** Which merchants, devices and countries a customer was seen with, for the pairs that a feature set asks about. */
export class PairMemory {
  readonly #tables: readonly (PairTable | null)[];
  #undo: Undo[] | null = null;

  constructor(set: FeatureSet) {
    const asked = new Set(set.definitions.map(pairOf));
    this.#tables = pairKinds.map((kind) => (asked.has(kind) ? new PairTable() : null));
  }

  get needed(): boolean {
    return this.#tables.some((table) => table !== null);
  }

  /** Writes a flag for each kind of pair: 1 seen, 0 not, NaN where an id is missing. */
  load(ids: PaymentIds, nowMs: number, frame: Float64Array, at: number): void {
    for (let i = 0; i < pairKinds.length; i++) {
      const other = otherId(ids, pairKinds[i] as PairKind);
      const table = this.#tables[i] ?? null;
      if (other === null || table === null) frame[at + i] = Number.NaN;
      else frame[at + i] = table.get(ids.customer, other) > nowMs - PAIR_MEMORY_MS ? 1 : 0;
    }
  }

  observe(ids: PaymentIds, atMs: number, nowMs: number): void {
    for (let i = 0; i < pairKinds.length; i++) {
      const other = otherId(ids, pairKinds[i] as PairKind);
      const table = this.#tables[i] ?? null;
      if (other === null || table === null) continue;
      const seenAtMs = table.get(ids.customer, other);
      this.#undo?.push({ table, a: ids.customer, b: other, seenAtMs });
      if (!(seenAtMs >= atMs)) table.set(ids.customer, other, atMs, nowMs - PAIR_MEMORY_MS);
    }
  }

  begin(): void {
    this.#undo = [];
  }

  commit(): void {
    this.#undo = null;
  }

  rollback(): void {
    for (const { table, a, b, seenAtMs } of (this.#undo ?? []).toReversed()) {
      if (Number.isNaN(seenAtMs)) table.delete(a, b);
      else table.set(a, b, seenAtMs, Number.NEGATIVE_INFINITY);
    }
    this.#undo = null;
  }

  toState(): readonly (PairTableState | null)[] {
    return this.#tables.map((table) => table?.toState() ?? null);
  }

  fromState(state: readonly (PairTableState | null)[]): void {
    state.forEach((saved, i) => {
      if (saved !== null) this.#tables[i]?.fromState(saved);
    });
  }
}

function otherId(ids: PaymentIds, kind: PairKind): Fingerprint | null {
  if (kind === "customer_merchant") return ids.merchant;
  return kind === "customer_device" ? ids.device : ids.country;
}
