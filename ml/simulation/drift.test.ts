import { expect, test } from "vitest";
import { driftAt } from "./drift.ts";

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2026, 7, 1);
const day = (n: number): number => START_MS + n * DAY_MS;

test("without drift nothing ever changes", () => {
  for (const n of [-50, 0, 1, 400]) {
    expect(driftAt([], START_MS, day(n))).toEqual({
      priceFactor: 1,
      channelShift: 0,
      newFraudPattern: false,
      fraudFactor: 1,
      newCategoryShare: 0,
      countryShift: 0,
      missingShare: 0,
      labelDelayFactor: 1,
    });
  }
});

test("prices rise in a straight line for two weeks and then stay", () => {
  const drift = [{ kind: "price_inflation", fromDay: 30 }] as const;
  expect(driftAt(drift, START_MS, day(29.9)).priceFactor).toBe(1);
  expect(driftAt(drift, START_MS, day(37)).priceFactor).toBeCloseTo(1.2, 12);
  expect(driftAt(drift, START_MS, day(44)).priceFactor).toBeCloseTo(1.4, 12);
  expect(driftAt(drift, START_MS, day(300)).priceFactor).toBeCloseTo(1.4, 12);
});

test("the channel shift takes a week", () => {
  const drift = [{ kind: "channel_shift", fromDay: 10 }] as const;
  expect(driftAt(drift, START_MS, day(9)).channelShift).toBe(0);
  expect(driftAt(drift, START_MS, day(17)).channelShift).toBeCloseTo(0.45, 12);
});

test("the new fraud pattern is off before its day and on from it, also when drifts are combined", () => {
  const drift = [
    { kind: "new_fraud_pattern", fromDay: 5 },
    { kind: "price_inflation", fromDay: 100 },
  ] as const;
  expect(driftAt(drift, START_MS, day(5) - 1).newFraudPattern).toBe(false);
  expect(driftAt(drift, START_MS, day(5)).newFraudPattern).toBe(true);
  expect(driftAt(drift, START_MS, day(6)).priceFactor).toBe(1);
});

test("a drift with a negative day had begun before the start", () => {
  const drift = [{ kind: "channel_shift", fromDay: -30 }] as const;
  expect(driftAt(drift, START_MS, START_MS).channelShift).toBeCloseTo(0.45, 12);
});
