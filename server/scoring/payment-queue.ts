import type { Problem } from "#server/domain/problem.ts";
import type { AcceptedPayment } from "./accepted-payment.ts";

/** What became of a payment: the answer as stored, or why there is none. */
export type Verdict = { readonly response: string } | { readonly problem: Problem };

export type Waiting = {
  readonly payment: AcceptedPayment;
  readonly since: number; // performance.now()
  settle(verdict: Verdict): void;
};

/** Payments that wait for the next commit; never more than `capacity`. */
export class PaymentQueue {
  readonly capacity: number;
  #waiting: Waiting[] = [];

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  get length(): number {
    return this.#waiting.length;
  }

  /** Adds payments in order, all or none. Null when there is no room. */
  add(payments: readonly AcceptedPayment[], since: number): Promise<Verdict>[] | null {
    if (this.#waiting.length + payments.length > this.capacity) return null;
    return payments.map(
      (payment) =>
        new Promise<Verdict>((settle) => {
          this.#waiting.push({ payment, since, settle });
        }),
    );
  }

  /** Takes the `most` that wait longest. */
  take(most: number): Waiting[] {
    return this.#waiting.splice(0, most);
  }
}
