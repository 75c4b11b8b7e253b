import fc from "fast-check";
import { expect, test } from "vitest";
import { costAtRates, costPlaneOf, leastCost, precisionOfCost, recallOfCost } from "./iso-cost.ts";
import type { OperatingPoint, RowCounts } from "./types.ts";

const plane = {
  frauds: 100,
  legitimate: 9_900,
  missedMinor: 10_000,
  caughtMinor: 1_400,
  falseAlertMinor: 500,
};
const rates = fc.record({
  recall: fc.double({ min: 0.01, max: 1, noNaN: true }),
  fpr: fc.double({ min: 0, max: 1, noNaN: true }),
});

test("cost adds up what is missed, what is caught and what is alerted for nothing", () => {
  // 20 missed, 80 caught, 99 false alerts
  expect(costAtRates(plane, { recall: 0.8, fpr: 0.01 })).toBeCloseTo(20 * 10_000 + 80 * 1_400 + 99 * 500, 6);
});

test("a point lies on the line of its own cost, in both charts", () => {
  fc.assert(
    fc.property(rates, ({ recall, fpr }) => {
      const cost = costAtRates(plane, { recall, fpr });
      expect(recallOfCost(plane, cost, fpr) ?? 1).toBeCloseTo(recall, 8);
      const hits = recall * plane.frauds;
      const precision = hits / (hits + fpr * plane.legitimate);
      expect(precisionOfCost(plane, cost * (1 + 1e-12), recall)).toBeCloseTo(precision, 6);
    }),
  );
});

test("where no rate has the cost there is no line", () => {
  expect(recallOfCost(plane, 0, 0.5)).toBeNull();
  expect(precisionOfCost(plane, 0, 0.5)).toBeNull();
});

test("without frauds to average, or where reviewing does not pay, there is no plane", () => {
  const counts = { fraud: 100, legitimate: 9_900 } as RowCounts;
  const cost = { missedMinor: 10_000, caughtMinor: 1_400, falseAlertMinor: 500, policyNumber: 3 };
  expect(costPlaneOf({ cost, counts })).toEqual(plane);
  expect(costPlaneOf({ cost: { ...cost, missedMinor: null }, counts })).toBeNull();
  expect(costPlaneOf({ cost: { ...cost, caughtMinor: 10_000 }, counts })).toBeNull();
});

test("the least cost is that of the cheapest point", () => {
  const points = [
    { recall: 0, fpr: 0 },
    { recall: 0.8, fpr: 0.01 },
    { recall: 1, fpr: 1 },
  ] as OperatingPoint[];
  expect(leastCost(plane, points)).toBeCloseTo(361_500, 6);
});
