import { type SimulatedPayment, simulate } from "#ml/simulation/simulate.ts";
import { STORY_START_MS, type StoryPlan } from "./plan.ts";

const DAYS_A_WEEK = 7;

/** When live payments begin, and when the world changes: days since the start. */
export function daysOf({ weeks }: StoryPlan): { readonly live: number; readonly change: number } {
  return {
    live: weeks.history * DAYS_A_WEEK,
    change: (weeks.history + weeks.before) * DAYS_A_WEEK,
  };
}

/** The simulated world's payments, in order of time, handed out as time goes by. */
export class PaymentFeed {
  readonly #payments: Generator<SimulatedPayment, void>;
  #next: SimulatedPayment | null;

  constructor(plan: StoryPlan) {
    const { change } = daysOf(plan);
    this.#payments = simulate({
      seed: plan.seed,
      startMs: STORY_START_MS,
      days: change + (plan.weeks.changed + plan.weeks.after) * DAYS_A_WEEK,
      customers: plan.customers,
      merchants: plan.merchants,
      fraudShare: plan.fraudShare,
      drift: plan.drifts.map((kind) => ({ kind, fromDay: change })),
    });
    this.#next = this.#take();
  }

  /** Those since the last call that were made before `toMs`. */
  until(toMs: number): SimulatedPayment[] {
    const due: SimulatedPayment[] = [];
    while (this.#next !== null && this.#next.payment.occurredAtMs < toMs) {
      due.push(this.#next);
      this.#next = this.#take();
    }
    return due;
  }

  #take(): SimulatedPayment | null {
    return this.#payments.next().value ?? null;
  }
}
