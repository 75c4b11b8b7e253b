import type { PaymentEvent } from "#ml/features/payment-event.ts";

/** A body that POST /v1/score takes, with what a test wants to be different. */
export function paymentBody(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    id: "pay_1",
    occurredAt: "2026-11-20T10:15:30Z",
    amountMinor: 1_299,
    currency: "EUR",
    customerId: "cus_1",
    merchantId: "mer_1",
    cardToken: "card_1",
    channel: "ecommerce",
    country: "DE",
    ...changes,
  };
}

export function paymentEvent(changes: Partial<PaymentEvent> = {}): PaymentEvent {
  return {
    id: "pay_1",
    occurredAtMs: Date.UTC(2026, 10, 20, 10, 15, 30),
    amountMinor: 1_299,
    currency: "EUR",
    customerId: "cus_1",
    merchantId: "mer_1",
    cardToken: "card_1",
    deviceId: null,
    ip: null,
    merchantCategory: null,
    channel: "ecommerce",
    country: "DE",
    latitude: null,
    longitude: null,
    attributes: {},
    ...changes,
  };
}
