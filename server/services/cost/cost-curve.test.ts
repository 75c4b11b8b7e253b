import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultPolicy } from "#server/domain/policy.ts";
import type { Rung } from "#server/services/performance/ladder.ts";
import { costOf, totalMinor } from "./breakdown.ts";
import { type CostPoint, costPoints, optimumOf, thinnedCosts } from "./cost-curve.ts";

const { cost } = defaultPolicy; // loss 1, chargeback 2500, margin 0.1, friction 1500, review 400, miss 0.1, delay 100
const tally = (rows: number, amountMinor: number) => ({ rows, amountMinor });

test("each outcome costs what the policy's figures say", () => {
  const known = { fraud: tally(2, 10_000), legitimate: tally(3, 30_000) };
  expect(costOf("approve", known, cost)).toEqual({
    fraudLossMinor: 15_000,
    frictionMinor: 0,
    reviewMinor: 0,
  });
  expect(costOf("decline", known, cost)).toEqual({ fraudLossMinor: 0, frictionMinor: 7_500, reviewMinor: 0 });
  expect(costOf("review", known, cost)).toEqual({
    fraudLossMinor: 1_500,
    frictionMinor: 300,
    reviewMinor: 2_000,
  });
});

/** Frauds of 10,000 at 0.9 and 0.5, legitimate payments of 10,000 at 0.7 and (two) at 0.1. */
const rungs: readonly Rung[] = [
  { threshold: 0.9, fraud: tally(1, 10_000), legitimate: tally(0, 0) },
  { threshold: 0.7, fraud: tally(1, 10_000), legitimate: tally(1, 10_000) },
  { threshold: 0.5, fraud: tally(2, 20_000), legitimate: tally(1, 10_000) },
  { threshold: 0.1, fraud: tally(2, 20_000), legitimate: tally(3, 30_000) },
];

test("the curve holds the cost of acting above each threshold, worked out by hand", () => {
  expect(costPoints(rungs, cost)).toEqual([
    { threshold: null, alerts: 0, reviewMinor: 25_000, declineMinor: 25_000 },
    { threshold: 0.9, alerts: 1, reviewMinor: 12_500 + 400 + 1_250, declineMinor: 12_500 },
    { threshold: 0.7, alerts: 2, reviewMinor: 14_150 + 500, declineMinor: 15_000 },
    { threshold: 0.5, alerts: 3, reviewMinor: 2 * 1_650 + 500, declineMinor: 2_500 },
    { threshold: 0.1, alerts: 5, reviewMinor: 2 * 1_650 + 3 * 500, declineMinor: 7_500 },
  ]);
});

test("the optimum is the cheapest threshold, and its flat region reaches as far as 2 % more", () => {
  const points = costPoints(rungs, cost);
  expect(optimumOf(points, "decline")).toEqual({
    threshold: 0.5,
    alerts: 3,
    costMinor: 2_500,
    flat: { from: 0.5, to: 0.5 },
  });
  const flat = [
    { threshold: 0.6, alerts: 1, reviewMinor: 101, declineMinor: 300 },
    { threshold: 0.5, alerts: 2, reviewMinor: 100, declineMinor: 200 },
    { threshold: 0.4, alerts: 3, reviewMinor: 102, declineMinor: 100 },
    { threshold: 0.3, alerts: 4, reviewMinor: 103, declineMinor: 900 },
  ];
  expect(optimumOf(flat, "review")).toMatchObject({ threshold: 0.5, flat: { from: 0.4, to: 0.6 } });
  expect(optimumOf(flat, "decline")).toMatchObject({ threshold: 0.4, flat: { from: 0.4, to: 0.4 } });
});

test("of equally cheap thresholds the one with the fewest alerts wins; without frauds nothing is acted on", () => {
  const legitimateOnly: Rung[] = [{ threshold: 0.9, fraud: tally(0, 0), legitimate: tally(4, 400) }];
  expect(optimumOf(costPoints(legitimateOnly, cost), "decline")).toEqual({
    threshold: null,
    alerts: 0,
    costMinor: 0,
    flat: null,
  });
  expect(optimumOf([], "review")).toEqual({ threshold: null, alerts: 0, costMinor: 0, flat: null });
});

test("declining everything or nothing are the ends of the curve", () => {
  const step = fc.record({
    fraud: fc.nat(5),
    legitimate: fc.nat(5),
    amount: fc.nat(10_000),
  });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 30 }), (steps) => {
      let [f, l] = [tally(0, 0), tally(0, 0)];
      const ladder = steps.map((s, i) => {
        f = tally(f.rows + s.fraud, f.amountMinor + s.fraud * s.amount);
        l = tally(l.rows + s.legitimate, l.amountMinor + s.legitimate * s.amount);
        return { threshold: 1 - i / 100, fraud: f, legitimate: l };
      });
      const points = costPoints(ladder, cost);
      const all = { fraud: f, legitimate: l };
      expect(points[0]?.declineMinor).toBeCloseTo(totalMinor(costOf("approve", all, cost)), 6);
      expect(points.at(-1)?.declineMinor).toBeCloseTo(totalMinor(costOf("decline", all, cost)), 6);
      expect(points.at(-1)?.reviewMinor).toBeCloseTo(totalMinor(costOf("review", all, cost)), 6);
    }),
  );
});

test("thinning keeps what it is told to keep, takes points as they are, and stays near its size", () => {
  const points: CostPoint[] = Array.from({ length: 5000 }, (_, i) => ({
    threshold: (5000 - i) / 5001,
    alerts: i,
    reviewMinor: i,
    declineMinor: i,
  }));
  const kept = thinnedCosts(points, 240, new Set([0.5, 2500 / 5001]));
  expect(kept.length).toBeLessThanOrEqual(243);
  expect(kept.length).toBeGreaterThan(100);
  expect(kept).toContain(points[2500]);
  expect(thinnedCosts(points.slice(0, 10), 240, new Set())).toEqual(points.slice(0, 10));
});
