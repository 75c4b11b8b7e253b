import { expect, test } from "vitest";
import { defaultFeatureSet, handbookFeatureSet } from "./default-set.ts";
import { FeatureProgram } from "./feature-program.ts";
import { aggregates, pairOf, paymentAt } from "./feature-readers.ts";
import { defineFeatureSet, type FeatureDefinition } from "./feature-set.ts";
import { paymentRows } from "./payment-rows.ts";
import { StatePlan } from "./state-plan.ts";
import { payment } from "./testing/payment.ts";

const own = (aggregate: string, attribute = "card_present"): FeatureDefinition => ({
  name: aggregate,
  entity: "transaction",
  aggregate,
  window: null,
  attribute,
  unit: "number",
  text: aggregate,
});

function read(definition: FeatureDefinition, over: Parameters<typeof payment>[0]): number {
  const set = defineFeatureSet("one", [definition]);
  const plan = new StatePlan(set);
  const rows = paymentRows(set, [payment(over)]);
  const frame = new Float64Array(paymentAt(plan) + rows.width);
  frame.set(rows.cells, paymentAt(plan));
  const out = Float64Array.of(-1, -1);
  new FeatureProgram(set.definitions, plan).run(frame, out, 1);
  return out[1] ?? Number.NaN;
}

const at = (iso: string) => ({ id: "pay_1", occurredAtMs: Date.parse(iso) });

test("time of day, weekday and weekend are UTC, with Monday as 0", () => {
  expect(read(own("hour"), at("2026-11-20T10:15:30Z"))).toBeCloseTo(10 + 15.5 / 60, 12);
  expect(read(own("weekday"), at("2026-11-20T23:59:59Z"))).toBe(4);
  expect(read(own("weekday"), at("2026-11-16T00:00:00Z"))).toBe(0);
  expect(read(own("weekend"), at("2026-11-20T23:59:59Z"))).toBe(0);
  expect(read(own("weekend"), at("2026-11-21T00:00:00Z"))).toBe(1);
});

test("times before 1970 have the right hour and weekday too", () => {
  expect(read(own("hour"), at("1969-12-31T23:00:00Z"))).toBe(23);
  expect(read(own("weekday"), at("1969-12-31T23:00:00Z"))).toBe(2);
});

test("night is an hour of at most six", () => {
  expect(read(own("night"), at("2026-11-20T00:00:00Z"))).toBe(1);
  expect(read(own("night"), at("2026-11-20T06:59:59.999Z"))).toBe(1);
  expect(read(own("night"), at("2026-11-20T07:00:00Z"))).toBe(0);
});

test("a channel flag says yes, no, or not known", () => {
  expect(read(own("channel"), { id: "p", channel: "card_present" })).toBe(1);
  expect(read(own("channel"), { id: "p", channel: "ecommerce" })).toBe(0);
  expect(read(own("channel"), { id: "p", channel: null })).toBeNaN();
});

test("every aggregate of the sets is known, and every pair has its definition", () => {
  const used = [...defaultFeatureSet.definitions, ...handbookFeatureSet.definitions];
  for (const definition of used) expect(aggregates()).toContain(definition.aggregate);
  expect(used.flatMap((d) => pairOf(d) ?? [])).toEqual([
    "customer_merchant",
    "customer_device",
    "customer_country",
  ]);
});

test("a window without a resolution, or an aggregate without a window, is refused", () => {
  const count = { ...own("count"), entity: "customer" } as const;
  expect(() => new StatePlan(defineFeatureSet("bad", [count]))).toThrow(RangeError);
});

test("retention is the longest reach of any window, and at least 30 days", () => {
  const days = (set: Parameters<typeof defineFeatureSet>[1]) =>
    new StatePlan(defineFeatureSet("s", set)).retentionMs / 86_400_000;
  expect(days([own("hour")])).toBe(30);
  expect(days(defaultFeatureSet.definitions)).toBe(37);
  expect(days(handbookFeatureSet.definitions)).toBe(37);
});
