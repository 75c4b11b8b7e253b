import fc from "fast-check";
import { expect, test } from "vitest";
import { type CostModel, CostModelSchema, expectedCosts, expectedLossMinor, fraudLossMinor } from "./cost.ts";

const cost: CostModel = {
  lossRate: 0.8,
  chargebackFeeMinor: 1_500,
  marginRate: 0.05,
  frictionCostMinor: 300,
  reviewCostMinor: 400,
  missRate: 0.1,
  delayCostMinor: 50,
};

test("a missed fraud costs the lost share of the amount and the chargeback fee", () => {
  expect(fraudLossMinor(10_000, cost)).toBe(9_500);
  expect(fraudLossMinor(0, cost)).toBe(1_500);
});

test("expected costs are those of the formulas", () => {
  const costs = expectedCosts(0.2, 10_000, cost);
  expect(costs.approve).toBeCloseTo(1_900, 9); // 0.2 · 9500
  expect(costs.review).toBeCloseTo(400 + 0.2 * 0.1 * 9_500 + 0.8 * 50, 9);
  expect(costs.decline).toBeCloseTo(0.8 * (500 + 300), 9);
});

test("a certain fraud costs nothing to decline, and a certainly honest payment nothing to approve", () => {
  expect(expectedCosts(1, 10_000, cost).decline).toBe(0);
  expect(expectedCosts(0, 10_000, cost).approve).toBe(0);
});

test("approving costs more and declining less the likelier fraud is", () => {
  const score = fc.double({ min: 0, max: 1, noNaN: true });
  const amount = fc.integer({ min: 0, max: 10_000_000 });
  fc.assert(
    fc.property(score, score, amount, (a, b, amountMinor) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      const [less, more] = [expectedCosts(low, amountMinor, cost), expectedCosts(high, amountMinor, cost)];
      return less.approve <= more.approve && less.decline >= more.decline;
    }),
  );
});

test("the expected loss is a whole number of minor units", () => {
  expect(expectedLossMinor(0.333, 10_000, cost)).toBe(3_164); // 3163.5 rounded up
  expect(expectedLossMinor(0, 10_000, cost)).toBe(0);
});

test.each([
  ["a share above one", { lossRate: 1.2 }],
  ["a negative fee", { chargebackFeeMinor: -1 }],
  ["a fraction of a minor unit", { reviewCostMinor: 0.5 }],
  ["an unknown figure", { surcharge: 1 }],
])("%s is refused", (_name, change) => {
  expect(CostModelSchema.safeParse({ ...cost, ...change }).success).toBe(false);
});
