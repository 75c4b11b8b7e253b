import { expect, test } from "vitest";
import { defaultFeatureSet } from "./default-set.ts";
import { createFeatureEngine } from "./engine.ts";
import { DAY_MS, labelOf } from "./testing/arbitrary-stream.ts";
import { payment, START_MS } from "./testing/payment.ts";

const MINUTE_MS = 60_000;

/** Bytes of state after so many days in which five busy ids pay every few minutes, with or without batches. */
function stateAfter(days: number, batch: number): number {
  const engine = createFeatureEngine(defaultFeatureSet);
  const payments = (days * DAY_MS) / (4 * MINUTE_MS);
  for (let i = 0; i < payments; i++) {
    const event = payment({
      id: `pay_${i}`,
      occurredAtMs: START_MS + i * 4 * MINUTE_MS,
      amountMinor: 1000 + ((i * 7919) % 5000),
      merchantId: `mer_${i % 40}`,
      cardToken: `card_${i % 50}`,
      deviceId: "dev_a",
      ip: "203.0.113.9",
      latitude: 1,
      longitude: 1,
    });
    if (i % batch === 0) engine.begin();
    engine.observe(event);
    if (i % batch === batch - 1) engine.commit();
    if (i % 9 === 0) engine.applyLabel(labelOf(event, event.occurredAtMs, i % 2 === 0));
  }
  if (payments % batch !== 0) engine.commit();
  return engine.snapshot().length;
}

test("once the windows are full, state grows no more however long busy ids go on paying", () => {
  const months = [stateAfter(62, 1), stateAfter(93, 1)] as const;
  expect(months[1]).toBeLessThan(months[0] * 1.1);
});

test("state of a busy id stays below the bound that the engine states, in batches too", () => {
  const entities = 1 + 40 + 50 + 1 + 1;
  const ledger = 2 * 30 * 360 * 64; // labels of two months, which are no part of an id's state
  expect(stateAfter(93, 32)).toBeLessThan(entities * 100_000 + ledger);
});
