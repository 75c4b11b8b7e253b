import { DAY_MS } from "#server/domain/day.ts";

/**
 * The Handbook's rule for cards that need no detecting any more: on a test day, those with a fraud from the start of
 * the training days up to the day before the gap. With a gap of 7 days that is the day 8 days before.
 */
export class KnownCards<Card extends string | number> {
  readonly #firstFraudDay = new Map<Card, number>();
  readonly #trainFromMs: number;
  readonly #gapDays: number;

  constructor(trainFromMs: number, gapDays: number) {
    this.#trainFromMs = trainFromMs;
    this.#gapDays = gapDays;
  }

  /** A fraud of the card; to be told in order of time. */
  addFraud(card: Card, atMs: number): void {
    if (atMs < this.#trainFromMs || this.#firstFraudDay.has(card)) return;
    this.#firstFraudDay.set(card, dayOf(atMs));
  }

  /** Whether the card is known to be compromised on the day of `atMs`. */
  isKnown(card: Card, atMs: number): boolean {
    const since = this.#firstFraudDay.get(card);
    return since !== undefined && since < dayOf(atMs) - this.#gapDays;
  }
}

function dayOf(ms: number): number {
  return Math.floor(ms / DAY_MS);
}
