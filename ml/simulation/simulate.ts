import type { Drift } from "./drift.ts";
import { paymentStream, type SimulatedPayment } from "./payment-stream.ts";
import { createWorld } from "./world.ts";

export type { SimulatedPayment } from "./payment-stream.ts";

export type SimulationOptions = {
  readonly seed: number;
  readonly startMs: number;
  readonly days: number;
  readonly customers?: number;
  readonly merchants?: number;
  readonly fraudShare?: number; // of all payments
  readonly drift?: readonly Drift[];
};

export const DEFAULT_CUSTOMERS = 5000;
export const DEFAULT_MERCHANTS = 1000;
export const DEFAULT_FRAUD_SHARE = 0.008;

const DAY_MS = 86_400_000;

/**
 * A history of payments in order of time, from `startMs` (inclusive) for `days` days (exclusive). Equal options
 * give equal payments. A label may be recorded after the history ends. O(1) memory a payment.
 * @throws RangeError for a negative number of days, a fraud share outside [0, 0.5], or a world that cannot be.
 */
export function* simulate(options: SimulationOptions): Generator<SimulatedPayment, void> {
  const { seed, startMs, days, fraudShare = DEFAULT_FRAUD_SHARE } = options;
  if (!(days >= 0)) throw new RangeError("days must be zero or more");
  requireFraudShare(fraudShare);
  const world = createWorld({
    seed,
    customers: options.customers ?? DEFAULT_CUSTOMERS,
    merchants: options.merchants ?? DEFAULT_MERCHANTS,
  });
  const endMs = startMs + days * DAY_MS;
  const drift = options.drift ?? [];
  for (const simulated of paymentStream({
    world,
    fromMs: startMs,
    fraudShare,
    drift,
    paymentsPerSecond: null,
  })) {
    if (simulated.payment.occurredAtMs >= endMs) return;
    yield simulated;
  }
}

/** @throws RangeError for a share that is not between 0 and a half. */
export function requireFraudShare(share: number): void {
  if (!(share >= 0 && share <= 0.5)) throw new RangeError("fraudShare must lie between 0 and 0.5");
}
