import { expect, test } from "vitest";
import { defaultFeatureSet } from "./default-set.ts";
import { createFeatureEngine } from "./engine.ts";
import type { PaymentEvent } from "./payment-event.ts";

const payment: PaymentEvent = {
  id: "pay_1",
  occurredAtMs: Date.UTC(2026, 0, 5),
  amountMinor: 100,
  currency: "EUR",
  customerId: "cus_1",
  merchantId: "mer_1",
  cardToken: null,
  deviceId: null,
  ip: null,
  merchantCategory: null,
  channel: null,
  country: null,
  latitude: 52.5,
  longitude: 13.4,
  attributes: {},
};

test("every missing value has the same bits, so that vectors can be compared byte for byte", () => {
  const engine = createFeatureEngine(defaultFeatureSet);
  const row = new Float64Array(defaultFeatureSet.definitions.length);
  const bits = new BigUint64Array(row.buffer);
  const patterns = new Set<bigint>();
  for (let i = 0; i < 5_000; i++) {
    const place = i % 3 === 0 ? null : 52.5;
    const event = { ...payment, id: `pay_${i}`, customerId: `cus_${i % 900}`, latitude: place };
    engine.compute(event, row, 0);
    engine.observe(event);
    row.forEach((value, at) => {
      if (Number.isNaN(value)) patterns.add(bits[at] ?? 0n);
    });
  }
  expect([...patterns]).toEqual([0x7ff8_0000_0000_0000n]);
});
