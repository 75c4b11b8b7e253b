import type { ReplayEvent } from "../replay.ts";

/** When a payment of a test occurs, unless the test says otherwise. */
export const START_MS: number = Date.UTC(2026, 0, 1);

/** A payment of one customer at one merchant, for tests that spell out their story. */
export function payment(over: Partial<ReplayEvent> & { readonly id: string }): ReplayEvent {
  return {
    occurredAtMs: START_MS,
    amountMinor: 1000,
    currency: "EUR",
    customerId: "cus_a",
    merchantId: "mer_a",
    cardToken: null,
    deviceId: null,
    ip: null,
    merchantCategory: null,
    channel: null,
    country: null,
    latitude: null,
    longitude: null,
    attributes: {},
    ...over,
  };
}
