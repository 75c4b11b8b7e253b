/** What a transaction's label counted as: when it was recorded and whether it said fraud. */
export type CountedLabel = { readonly recordedAtMs: number; readonly fraud: boolean };

/**
 * The label that counts of each transaction, so that a correction can take back what the earlier one added.
 * Two generations are turned every `keepMs` of recording time, so an entry lives between once and twice that
 * long; a correction is only ever asked for within `keepMs`, so forgetting changes nothing.
 */
export class LabelLedger {
  readonly keepMs: number;
  #current = new Map<string, number>();
  #previous = new Map<string, number>();
  #turnAtMs = Number.NEGATIVE_INFINITY;

  constructor(keepMs: number) {
    this.keepMs = keepMs;
  }

  get(transactionId: string): CountedLabel | null {
    const code = this.#current.get(transactionId) ?? this.#previous.get(transactionId);
    return code === undefined ? null : { recordedAtMs: Math.floor(code / 2), fraud: code % 2 === 1 };
  }

  set(transactionId: string, label: CountedLabel): void {
    if (label.recordedAtMs >= this.#turnAtMs) {
      this.#previous = this.#current;
      this.#current = new Map();
      this.#turnAtMs = label.recordedAtMs + this.keepMs;
    }
    this.#current.set(transactionId, label.recordedAtMs * 2 + (label.fraud ? 1 : 0));
  }

  toState(): LabelLedgerState {
    return { current: this.#current, previous: this.#previous, turnAtMs: this.#turnAtMs };
  }

  fromState(state: LabelLedgerState): void {
    this.#current = new Map(state.current);
    this.#previous = new Map(state.previous);
    this.#turnAtMs = state.turnAtMs;
  }
}

export type LabelLedgerState = {
  readonly current: ReadonlyMap<string, number>;
  readonly previous: ReadonlyMap<string, number>;
  readonly turnAtMs: number;
};
