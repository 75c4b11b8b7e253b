import type { Drift } from "./drift.ts";
import { paymentStream, type SimulatedPayment } from "./payment-stream.ts";
import { DEFAULT_CUSTOMERS, DEFAULT_FRAUD_SHARE, DEFAULT_MERCHANTS, requireFraudShare } from "./simulate.ts";
import { createWorld } from "./world.ts";

export type LiveFeedOptions = {
  readonly seed: number;
  readonly startMs: number;
  readonly customers?: number;
  readonly merchants?: number;
  readonly fraudShare?: number;
  readonly drift?: readonly Drift[]; // days count from startMs
  readonly paymentsPerSecond?: number; // default: the world's natural rate, with its days and nights
};

export type LiveFeed = {
  /** The payments since the last call (the first time: since `startMs`) up to and including `nowMs`, in order. */
  next(nowMs: number): SimulatedPayment[];
  /** When the next payment will occur, so that a caller knows how long to sleep. */
  nextAtMs(): number;
};

/**
 * Continues the world of a seed from `startMs`: at its natural rate exactly the payments that `simulate` would
 * have given for that time. A rate of its own makes the same customers pay more often or more seldom, evenly
 * round the clock. Labels carry the future time at which they are to be sent. Reads no clock.
 * @throws RangeError for a rate that is not above zero, or options that `simulate` refuses.
 */
export function createLiveFeed(options: LiveFeedOptions): LiveFeed {
  const { seed, startMs, fraudShare = DEFAULT_FRAUD_SHARE, paymentsPerSecond = null } = options;
  requireFraudShare(fraudShare);
  if (paymentsPerSecond !== null && !(paymentsPerSecond > 0)) {
    throw new RangeError("paymentsPerSecond must be above zero");
  }
  const world = createWorld({
    seed,
    customers: options.customers ?? DEFAULT_CUSTOMERS,
    merchants: options.merchants ?? DEFAULT_MERCHANTS,
  });
  const drift = options.drift ?? [];
  const stream = paymentStream({ world, fromMs: startMs, fraudShare, drift, paymentsPerSecond });
  let upcoming = stream.next().value;
  return {
    next(nowMs) {
      const due: SimulatedPayment[] = [];
      while (upcoming.payment.occurredAtMs <= nowMs) {
        due.push(upcoming);
        upcoming = stream.next().value;
      }
      return due;
    },
    nextAtMs: () => upcoming.payment.occurredAtMs,
  };
}
