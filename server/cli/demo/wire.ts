import type { PaymentEvent } from "#ml/features/payment-event.ts";
import type { SimulatedPayment } from "#ml/simulation/simulate.ts";
import type { LabelRequest } from "#server/domain/transaction.ts";

/** A payment as POST /v1/score takes it: what is not known is left out. */
export function scoreRequestOf({ occurredAtMs, ...payment }: PaymentEvent): Record<string, unknown> {
  const known = Object.entries(payment).filter(([, value]) => value !== null);
  return { ...Object.fromEntries(known), occurredAt: new Date(occurredAtMs).toISOString() };
}

/** A dispute as POST /v1/labels takes it. */
export function labelRequestOf(
  payment: PaymentEvent,
  label: NonNullable<SimulatedPayment["label"]>,
): LabelRequest {
  return {
    transactionId: payment.id,
    label: label.label,
    source: label.source,
    occurredAt: new Date(label.recordedAtMs).toISOString(),
  };
}
