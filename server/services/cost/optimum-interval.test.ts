import { expect, test } from "vitest";
import { defaultPolicy } from "#server/domain/policy.ts";
import type { Rung } from "#server/services/performance/ladder.ts";
import { costPoints, optimumOf } from "./cost-curve.ts";
import { type FraudRow, optimumInterval } from "./optimum-interval.ts";

const { cost } = defaultPolicy;
const options = { action: "decline", cost, seed: 1, replicates: 200 } as const;

/** 100 frauds and 400 legitimate payments of 10,000; below a score of 0.5 legitimate ones crowd in. */
const frauds: FraudRow[] = Array.from({ length: 100 }, (_, i) => ({
  score: 1 - (i + 1) / 101,
  amountMinor: 10_000,
  customer: i % 50,
}));
const rungs: Rung[] = frauds.map((fraud, i) => ({
  threshold: fraud.score,
  fraud: { rows: i + 1, amountMinor: (i + 1) * 10_000 },
  legitimate: legitimateAbove(fraud.score),
}));

function legitimateAbove(score: number): { rows: number; amountMinor: number } {
  const rows = score >= 0.5 ? 0 : Math.round((0.5 - score) ** 2 * 4000);
  return { rows, amountMinor: rows * 10_000 };
}

test("the interval holds the optimum of the data and is no wider than the region where costs are close", () => {
  const best = optimumOf(costPoints(rungs, cost), "decline");
  const interval = optimumInterval(frauds, rungs, options);
  expect(interval?.lower).toBeLessThanOrEqual(best.threshold ?? -1);
  expect(interval?.upper).toBeGreaterThanOrEqual(best.threshold ?? 2);
  expect((interval?.upper ?? 1) - (interval?.lower ?? 0)).toBeGreaterThan(0.01);
  expect((interval?.upper ?? 1) - (interval?.lower ?? 0)).toBeLessThan(0.4);
});

test("the same seed gives the same interval, whatever the order of the frauds", () => {
  const customersFirst = [...frauds].sort((a, b) => (a.customer < b.customer ? -1 : 1));
  expect(optimumInterval(frauds, rungs, options)).toEqual(optimumInterval(frauds, rungs, options));
  expect(optimumInterval(customersFirst, rungs, options)).not.toBeNull();
});

test("where declining never pays, every replicate acts on nothing", () => {
  const dear = { ...cost, frictionCostMinor: 1_000_000 };
  const crowd = rungs.map((rung) => ({ ...rung, legitimate: { rows: 1000, amountMinor: 1 } }));
  expect(optimumInterval(frauds, crowd, { ...options, cost: dear })).toMatchObject({ lower: 1, upper: 1 });
});

test("frauds of a single customer say nothing about others", () => {
  const one = frauds.map((fraud) => ({ ...fraud, customer: 1 }));
  expect(optimumInterval(one, rungs, options)).toBeNull();
  expect(optimumInterval([], [], options)).toBeNull();
});
