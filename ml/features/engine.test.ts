import fc from "fast-check";
import { expect, test } from "vitest";
import { attributesFeatureSet, defaultFeatureSet, handbookFeatureSet } from "./default-set.ts";
import { createFeatureEngine, type FeatureEngine } from "./engine.ts";
import { defineFeatureSet } from "./feature-set.ts";
import type { PaymentEvent } from "./payment-event.ts";
import { anyStream, DAY_MS, labelOf } from "./testing/arbitrary-stream.ts";
import { payment, START_MS } from "./testing/payment.ts";

function rowOf(engine: FeatureEngine, event: PaymentEvent): Record<string, number> {
  const out = new Float64Array(engine.featureSet.definitions.length);
  engine.compute(event, out, 0);
  return Object.fromEntries(engine.featureSet.definitions.map((d, i) => [d.name, out[i] ?? 0]));
}

function engineOf(...events: PaymentEvent[]): FeatureEngine {
  const engine = createFeatureEngine(defaultFeatureSet);
  for (const event of events) engine.observe(event);
  return engine;
}

const later = (ms: number, over: Partial<PaymentEvent> = {}) =>
  payment({ id: `at_${ms}`, occurredAtMs: START_MS + ms, ...over });

test("what is undefined is missing: a first payment has counts of zero and no means, rates, gaps or places", () => {
  const row = rowOf(engineOf(), payment({ id: "pay_1", latitude: 1, longitude: 1, country: "DE" }));
  expect(row).toMatchObject({
    customer_count_30d: 0,
    customer_sum_30d: 0,
    customer_mean_30d: Number.NaN,
    customer_seconds_since_last: Number.NaN,
    customer_amount_to_mean_30d: Number.NaN,
    customer_amount_deviation_30d: Number.NaN,
    merchant_fraud_rate_7d: Number.NaN,
    merchant_labelled_fraud_rate_7d: Number.NaN,
    customer_merchant_seen_before: 0,
    customer_country_seen_before: 0,
    customer_device_seen_before: Number.NaN,
    customer_distance_from_last: Number.NaN,
    device_count_1h: Number.NaN,
    device_distinct_cards_1d: Number.NaN,
    ip_count_1d: Number.NaN,
    is_card_present: Number.NaN,
  });
});

test("a payment sees those before it and not itself", () => {
  const engine = engineOf(payment({ id: "pay_1", amountMinor: 1000 }), later(60_000, { amountMinor: 3000 }));
  const event = later(120_000, { amountMinor: 4000 });
  const row = rowOf(engine, event);
  expect(row).toMatchObject({ customer_count_1h: 2, customer_sum_1h: 4000, customer_mean_1h: 2000 });
  expect(row).toMatchObject({ customer_seconds_since_last: 60, customer_amount_to_mean_30d: 2 });
  expect(rowOf(engine, event)).toEqual(row);
});

test("payments at the same instant go by arrival", () => {
  const row = rowOf(engineOf(payment({ id: "pay_1" })), payment({ id: "pay_2" }));
  expect(row).toMatchObject({
    customer_count_1h: 1,
    customer_seconds_since_last: 0,
    customer_merchant_seen_before: 1,
  });
});

test("a late payment is counted at its own time and has no known predecessor", () => {
  const engine = engineOf(payment({ id: "pay_1" }), later(2 * DAY_MS));
  const late = later(DAY_MS / 2);
  expect(rowOf(engine, late)).toMatchObject({
    customer_count_1d: 1,
    customer_seconds_since_last: Number.NaN,
  });
  engine.observe(late);
  expect(rowOf(engine, later(2 * DAY_MS))).toMatchObject({ customer_count_7d: 3, customer_count_1h: 1 });
});

test("speed is distance over time, over at least a minute", () => {
  const engine = engineOf(payment({ id: "pay_1", latitude: 0, longitude: 0 }));
  const row = rowOf(engine, later(3_600_000, { latitude: 0, longitude: 90 }));
  expect(row.customer_distance_from_last).toBeCloseTo(6371.0088 * (Math.PI / 2), 6);
  expect(row.customer_speed_from_last).toBeCloseTo(6371.0088 * (Math.PI / 2), 6);
  const atOnce = rowOf(engine, later(0, { latitude: 0, longitude: 90 }));
  expect(atOnce.customer_speed_from_last).toBeCloseTo(60 * 6371.0088 * (Math.PI / 2), 6);
});

test("the spread is the sample standard deviation of earlier amounts, exact for amounts of any size", () => {
  const amounts = [1_234_567_891, 1_234_567_893, 1_234_567_895];
  const engine = engineOf(...amounts.map((amountMinor, i) => later(i, { amountMinor })));
  const row = rowOf(engine, later(5, { amountMinor: 1_234_567_901 }));
  expect(row.customer_amount_deviation_30d).toBe(4);
});

test("a corrected label takes back the fraud it had counted", () => {
  const event = payment({ id: "pay_1" });
  const engine = engineOf(event);
  const rate = () => rowOf(engine, later(3 * DAY_MS)).merchant_fraud_rate_7d;
  engine.applyLabel(labelOf(event, START_MS + DAY_MS, true));
  expect(rate()).toBeCloseTo(1.05 / 11, 12);
  engine.applyLabel(labelOf(event, START_MS + DAY_MS + 1, true));
  expect(rate()).toBeCloseTo(1.05 / 11, 12);
  engine.applyLabel(labelOf(event, START_MS + 2 * DAY_MS, false));
  expect(rate()).toBeCloseTo(0.05 / 11, 12);
  expect(rowOf(engine, later(3 * DAY_MS)).merchant_labelled_fraud_rate_7d).toBeCloseTo(0.05 / 11, 12);
});

test("a label of a payment older than the longest window changes nothing", () => {
  const event = payment({ id: "pay_1" });
  const [engine, other] = [engineOf(event), engineOf(event)];
  engine.applyLabel(labelOf(event, START_MS + 37 * DAY_MS, true));
  const probe = later(37 * DAY_MS + 1000);
  expect(rowOf(engine, probe)).toEqual(rowOf(other, probe));
  expect(engine.snapshot()).toEqual(other.snapshot());
});

test("a run of frauds at a merchant shows while its judged payments end with it, and ends with a correction", () => {
  const days = [1, 2, 3, 4].map((day) => later(day * DAY_MS, { customerId: `cus_${day}` }));
  const engine = engineOf(...days);
  const probe = later(12 * DAY_MS);
  const of = (row: Record<string, number>) => [
    row.merchant_fraud_run_30d,
    row.merchant_hours_since_run_start_30d,
    row.merchant_hours_since_cleared_30d,
    row.merchant_hours_since_first_fraud_30d,
    row.merchant_hours_since_last_fraud_30d,
    row.merchant_frauds_30d,
  ];
  const none = Number.NaN;
  expect(of(rowOf(engine, probe))).toEqual([0, none, 8 * 24, none, none, 0]);
  for (const i of [3, 2, 1]) engine.applyLabel(labelOf(days[i] ?? probe, START_MS + 11 * DAY_MS, true));
  expect(of(rowOf(engine, probe))).toEqual([3, 10 * 24, 11 * 24, 10 * 24, 8 * 24, 3]);
  engine.applyLabel(labelOf(days[3] ?? probe, START_MS + 12 * DAY_MS, false));
  expect(of(rowOf(engine, probe))).toEqual([0, none, 8 * 24, 10 * 24, 9 * 24, 2]);
  const soon = rowOf(engine, later(10 * DAY_MS));
  expect(of(soon)).toEqual([2, 8 * 24, 9 * 24, 8 * 24, 7 * 24, 2]);
});

test("payments far above the customer's mean are big, and those after them count and date them", () => {
  const amounts = [1000, 1000, 3001, 1000, 9000];
  const engine = engineOf(...amounts.map((amountMinor, i) => later(i * DAY_MS, { amountMinor })));
  const row = rowOf(engine, later(5 * DAY_MS, { amountMinor: 1000 }));
  expect(row).toMatchObject({
    customer_big_payments_7d: 2,
    customer_big_share_7d: 0.4,
    customer_hours_since_big_payment_30d: 24,
    customer_max_30d: 9000,
    customer_amount_to_max_30d: 1 / 9,
  });
  const other = rowOf(engine, later(5 * DAY_MS, { customerId: "cus_b" }));
  expect(other).toMatchObject({
    customer_big_payments_7d: 0,
    customer_big_share_7d: Number.NaN,
    customer_hours_since_big_payment_30d: Number.NaN,
    customer_max_30d: Number.NaN,
    customer_hour_habit: Number.NaN,
    customer_amount_to_usual: Number.NaN,
    merchant_fraud_run_30d: 0,
  });
});

test("a device knows its customers as well as its cards, an address its cards", () => {
  const shared = { deviceId: "dev_a", ip: "203.0.113.9" };
  const engine = engineOf(
    payment({ id: "pay_1", ...shared, cardToken: "card_1" }),
    later(1000, { ...shared, customerId: "cus_b", cardToken: "card_1" }),
  );
  expect(rowOf(engine, later(2000, { ...shared, customerId: "cus_c", cardToken: "card_2" }))).toMatchObject({
    device_distinct_customers_1d: 3,
    device_distinct_cards_1d: 2,
    ip_distinct_cards_1d: 2,
  });
});

test("a batch that rolls back leaves no trace, and its payments see each other before", () => {
  fc.assert(
    fc.property(anyStream(), fc.nat(40), ({ events, labels }, cut) => {
      const [engine, other] = [
        createFeatureEngine(defaultFeatureSet),
        createFeatureEngine(defaultFeatureSet),
      ];
      const before = events.slice(0, cut);
      for (const event of before) for (const e of [engine, other]) e.observe(event);
      engine.begin();
      for (const event of events.slice(cut)) engine.observe(event);
      for (const label of labels.slice(0, 3)) for (const e of [engine, other]) e.applyLabel(label);
      engine.rollback();
      expect(engine.entityCount()).toBe(other.entityCount());
      for (const event of events) {
        expect(rowOf(engine, event)).toEqual(rowOf(other, event));
        for (const e of [engine, other]) e.observe(event);
      }
    }),
  );
});

test("within a batch the second payment of a customer sees the first", () => {
  const engine = engineOf();
  engine.begin();
  engine.observe(payment({ id: "pay_1" }));
  expect(rowOf(engine, later(1000)).customer_count_1h).toBe(1);
  engine.commit();
  expect(rowOf(engine, later(1000)).customer_count_1h).toBe(1);
});

test("batches do not nest, and nothing is committed, rolled back or saved at the wrong time", () => {
  const engine = engineOf();
  expect(() => engine.commit()).toThrow("no batch");
  expect(() => engine.rollback()).toThrow("no batch");
  engine.begin();
  expect(() => engine.begin()).toThrow("already open");
  expect(() => engine.snapshot()).toThrow("batch is open");
});

test("idle entities are evicted, and a payment soon after cannot tell", () => {
  const engine = engineOf(
    payment({ id: "pay_1", deviceId: "dev_a", country: "DE", latitude: 1, longitude: 1 }),
  );
  expect(engine.entityCount()).toBe(3);
  engine.observe(later(40 * DAY_MS, { customerId: "cus_b", merchantId: "mer_b" }));
  expect(engine.entityCount()).toBe(2);
  const back = rowOf(
    engine,
    later(41 * DAY_MS, { deviceId: "dev_a", country: "DE", latitude: 2, longitude: 2 }),
  );
  expect(back).toMatchObject({
    customer_count_30d: 0,
    customer_seconds_since_last: Number.NaN,
    customer_distance_from_last: Number.NaN,
    customer_merchant_seen_before: 1,
    customer_device_seen_before: 1,
    customer_country_seen_before: 1,
  });
});

test("a pair is remembered for 180 days", () => {
  const engine = engineOf(payment({ id: "pay_1" }));
  const seen = (ms: number) => rowOf(engine, later(ms)).customer_merchant_seen_before;
  expect(seen(180 * DAY_MS - 1)).toBe(1);
  expect(seen(180 * DAY_MS)).toBe(0);
});

test("a payment older than the longest window is not counted", () => {
  const engine = engineOf(later(37 * DAY_MS));
  engine.observe(payment({ id: "old" }));
  expect(rowOf(engine, later(37 * DAY_MS + 1))).toMatchObject({ customer_count_30d: 1 });
});

test("a snapshot of another set, or with a byte off, is refused and leaves the engine as it was", () => {
  const engine = engineOf(payment({ id: "pay_1" }));
  const snapshot = engine.snapshot();
  expect(() => createFeatureEngine(handbookFeatureSet).restore(snapshot)).toThrow(RangeError);
  const damaged = snapshot.slice();
  damaged[damaged.length - 20] = (damaged[damaged.length - 20] ?? 0) ^ 1;
  expect(() => engine.restore(damaged)).toThrow("damaged");
  expect(() => engine.restore(new Uint8Array(3))).toThrow("damaged");
  expect(rowOf(engine, later(1)).customer_count_1h).toBe(1);
});

test("attributes are read by name: numbers and flags; text and absence are missing", () => {
  const engine = createFeatureEngine(attributesFeatureSet(["v1", "flag", "word", "gone"]));
  const row = rowOf(engine, payment({ id: "pay_1", attributes: { v1: -1.5, flag: true, word: "x" } }));
  expect(row).toEqual({
    amount: 1000,
    attribute_v1: -1.5,
    attribute_flag: 1,
    attribute_word: Number.NaN,
    attribute_gone: Number.NaN,
  });
  expect(engine.entityCount()).toBe(0);
});

test("an unknown aggregate, or a window that the tiles do not divide, is refused", () => {
  const count = defaultFeatureSet.definitions.filter((d) => d.name === "customer_count_1h");
  const unknown = count.map((d) => ({ ...d, aggregate: "median" }));
  expect(() => createFeatureEngine(defineFeatureSet("bad", unknown))).toThrow("unknown aggregate median");
  const odd = { "10m": 7000, "1h": 7000, "1d": 7000, "7d": 7000, "30d": 7000 };
  expect(() => createFeatureEngine(defineFeatureSet("bad", count, odd))).toThrow(RangeError);
});
