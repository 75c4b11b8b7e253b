import type { AttributeValue, PaymentEvent } from "#ml/features/payment-event.ts";
import { type SimulatedPayment, simulate } from "#ml/simulation/simulate.ts";

/** Whose payments are sent, and since when: the history in the database and the load come from the same world. */
export type BenchWorld = {
  readonly seed: number;
  readonly customers: number;
  readonly merchants: number;
  readonly startMs: number;
  readonly days: number;
};

const MORE_DAYS = 100_000;
const DAY_MS = 86_400_000;
const tiers = ["none", "silver", "gold"] as const;

/** The world's past, day by day. */
export function historyOf({
  seed,
  customers,
  merchants,
  startMs,
  days,
}: BenchWorld): Generator<SimulatedPayment> {
  return simulate({ seed, customers, merchants, startMs, days });
}

/** The payments that follow on the past: the same customers with their cards, devices and habits. */
export function* paymentsAfter(world: BenchWorld, count: number): Generator<PaymentEvent> {
  const { seed, customers, merchants, startMs, days } = world;
  const after = simulate({ seed, customers, merchants, startMs: startMs + days * DAY_MS, days: MORE_DAYS });
  let left = count;
  for (const { payment } of after) {
    if (left-- <= 0) return;
    yield withAttributes(payment);
  }
}

/** Adds what an integration sends beyond the simulator's attributes, so that every payment has six to eight. */
export function withAttributes(payment: PaymentEvent): PaymentEvent {
  const own = payment.attributes;
  const [customer, merchant] = [spread(payment.customerId), spread(payment.merchantId)];
  const extra: Record<string, AttributeValue> = {
    accountAgeDays: customer % 3_000,
    basketItems: 1 + ((payment.amountMinor + merchant) % 9),
    loyaltyTier: tiers[customer % 3] ?? "none",
  };
  if (Object.keys(own).length < 4) {
    extra.terminal = `till-${merchant % 40}`;
    extra.offline = merchant % 50 === 0;
  }
  return { ...payment, attributes: { ...own, ...extra } };
}

/** A number that looks random and belongs to the id for ever. */
function spread(id: string): number {
  let sum = 7;
  for (let at = 0; at < id.length; at++) sum = (Math.imul(sum, 31) + id.charCodeAt(at)) >>> 0;
  return sum;
}
