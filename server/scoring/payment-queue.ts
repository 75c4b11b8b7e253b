import type { Problem } from "#server/domain/problem.ts";
import type { AcceptedPayment } from "./accepted-payment.ts";
import { problemOf } from "./problems.ts";

/** What became of a payment: the answer as stored, or why there is none. */
export type Verdict = { readonly response: string } | { readonly problem: Problem };

/** Told the verdict on the payment at a place among those that were queued together: once for each, and never throws. */
export type Settle = (verdict: Verdict, place: number) => void;

const TOO_LATE: Verdict = { problem: problemOf("unavailable") }; // sent again, it gets the verdict that came too late

export type Waiting = {
  readonly payment: AcceptedPayment;
  readonly since: number; // performance.now()
  /** Gives the verdict; the first one counts. */
  settle(verdict: Verdict): void;
};

class QueuedPayment implements Waiting {
  readonly payment: AcceptedPayment;
  readonly since: number;
  readonly #place: number;
  #settle: Settle | null;

  constructor(payment: AcceptedPayment, since: number, place: number, settle: Settle) {
    this.payment = payment;
    this.since = since;
    this.#place = place;
    this.#settle = settle;
  }

  get settled(): boolean {
    return this.#settle === null;
  }

  settle(verdict: Verdict): void {
    const settle = this.#settle;
    if (settle === null) return;
    this.#settle = null;
    settle(verdict, this.#place);
  }
}

const SWEEP_MS = 100;

export type QueueLimits = {
  /** Payments that may wait at all; batches fill what single payments leave. */
  readonly capacity: number;
  /** Beyond so many a payment that comes alone is turned away, so that those that are let in need not wait long. */
  readonly room: number;
  /** Each payment has a verdict after so many milliseconds. */
  readonly limitMs: number;
};

/** Payments that wait for the next commit. */
export class PaymentQueue {
  readonly #limits: QueueLimits;
  #waiting: QueuedPayment[] = [];
  #unanswered: QueuedPayment[] = []; // the oldest first, whether they wait still or are being written
  #sweeping: NodeJS.Timeout | null = null;

  constructor(limits: QueueLimits) {
    this.#limits = limits;
  }

  get length(): number {
    return this.#waiting.length;
  }

  /** Whether a payment that comes alone would be turned away. */
  get isCrowded(): boolean {
    return this.#waiting.length >= this.#limits.room;
  }

  /** Adds payments in order, all or none; false when there is no room. */
  add(payments: readonly AcceptedPayment[], settle: Settle): boolean {
    if (payments.length === 1 && this.isCrowded) return false;
    if (this.#waiting.length + payments.length > this.#limits.capacity) return false;
    const since = performance.now();
    payments.forEach((payment, place) => {
      const waiting = new QueuedPayment(payment, since, place, settle);
      this.#waiting.push(waiting);
      this.#unanswered.push(waiting);
    });
    this.#sweeping ??= setInterval(() => this.#sweep(), SWEEP_MS);
    return true;
  }

  /** Takes the `most` that wait longest. */
  take(most: number): Waiting[] {
    return this.#waiting.splice(0, most);
  }

  /** One timer for all: a timer each would cost every payment what hardly any of them needs. */
  #sweep(): void {
    const oldest = performance.now() - this.#limits.limitMs;
    const late = this.#unanswered.filter((waiting) => !waiting.settled && waiting.since <= oldest);
    for (const waiting of late) waiting.settle(TOO_LATE);
    this.#unanswered = this.#unanswered.filter((waiting) => !waiting.settled);
    if (this.#unanswered.length > 0 || this.#sweeping === null) return;
    clearInterval(this.#sweeping);
    this.#sweeping = null;
  }
}
