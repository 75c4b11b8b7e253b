import { fingerprint } from "./fingerprint.ts";
import { PairTable } from "./pair-table.ts";
import type { StateReader, StateWriter } from "./saved-state.ts";

/** What a transaction's label counted as: when it was recorded and whether it said fraud. */
export type CountedLabel = { readonly recordedAtMs: number; readonly fraud: boolean };

/**
 * The label that counts of each transaction, so that a correction can take back what the earlier one added.
 * Two generations are turned every `keepMs` of recording time, so an entry lives between once and twice that
 * long; a correction is only ever asked for within `keepMs`, so forgetting changes nothing. An entry takes 23 to 46
 * bytes: a transaction is known by its fingerprint only.
 */
export class LabelLedger {
  readonly keepMs: number;
  #current = new PairTable();
  #previous = new PairTable();
  #turnAtMs = Number.NEGATIVE_INFINITY;

  constructor(keepMs: number) {
    this.keepMs = keepMs;
  }

  get(transactionId: string): CountedLabel | null {
    const { high, low } = fingerprint(transactionId);
    const newer = this.#current.get(high, low);
    const code = Number.isNaN(newer) ? this.#previous.get(high, low) : newer;
    return Number.isNaN(code) ? null : { recordedAtMs: Math.floor(code / 2), fraud: code % 2 === 1 };
  }

  set(transactionId: string, label: CountedLabel): void {
    if (label.recordedAtMs >= this.#turnAtMs) {
      this.#previous = this.#current;
      this.#current = new PairTable();
      this.#turnAtMs = label.recordedAtMs + this.keepMs;
    }
    const { high, low } = fingerprint(transactionId);
    const code = label.recordedAtMs * 2 + (label.fraud ? 1 : 0);
    this.#current.set(high, low, code, Number.NEGATIVE_INFINITY);
  }

  get size(): number {
    return this.#current.size + this.#previous.size;
  }

  get bytes(): number {
    return this.#current.bytes + this.#previous.bytes;
  }

  save(out: StateWriter): void {
    out.numbers(this.#turnAtMs);
    this.#current.save(out);
    this.#previous.save(out);
  }

  restore(from: StateReader): void {
    this.#turnAtMs = from.floats()[0] ?? Number.NEGATIVE_INFINITY;
    this.#current.restore(from);
    this.#previous.restore(from);
  }
}
