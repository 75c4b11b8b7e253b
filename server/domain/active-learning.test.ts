import fc from "fast-check";
import { expect, test } from "vitest";
import { activeChance, approvalEdge, drawsOf } from "./active-learning.ts";
import { drawOf, explore } from "./exploration.ts";
import { decide, defaultPolicy, type Policy } from "./policy.ts";

const policyOf = (change: Partial<Policy["exploration"]>, mode: Policy["mode"] = "cost"): Policy => ({
  ...defaultPolicy,
  mode,
  exploration: { ...defaultPolicy.exploration, ...change },
});
const share = fc.double({ min: 0.001, max: 1, noNaN: true });
const score = fc.double({ min: 0, max: 1, noNaN: true });
const amount = fc.integer({ min: 0, max: 5_000_000 });

test("the edge is where approval ends, in both modes", () => {
  for (const mode of ["cost", "thresholds"] as const) {
    const policy = policyOf({}, mode);
    fc.assert(
      fc.property(amount, (amountMinor) => {
        const edge = approvalEdge(amountMinor, policy);
        const at = (p: number) => decide({ status: "scored", score: p }, amountMinor, policy);
        return at(edge * (1 - 1e-9)) === "approve" && at(Math.min(1, edge * (1 + 1e-9))) !== "approve";
      }),
    );
  }
});

test("an approval at the edge has the whole share, one with a tenth of its odds a part, a sure one nothing", () => {
  const policy = policyOf({ activeShare: 0.4 }, "thresholds"); // review from 0.1
  expect(activeChance(0.1, 1_000, policy)).toBeCloseTo(0.4, 12);
  expect(activeChance(1 / 91, 1_000, policy)).toBeCloseTo(0.4 * (1 - Math.log(10) / 3), 12);
  expect(activeChance(0.005, 1_000, policy)).toBe(0);
  expect(activeChance(Number.NaN, 1_000, policy)).toBe(0);
  expect(activeChance(0, 1_000, policy)).toBe(0);
});

test("the chance never exceeds the share and never falls as the score rises", () => {
  fc.assert(
    fc.property(share, score, score, amount, (activeShare, a, b, amountMinor) => {
      const policy = policyOf({ activeShare });
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      const chance = activeChance(low, amountMinor, policy);
      return chance >= 0 && chance <= activeShare && chance <= activeChance(high, amountMinor, policy);
    }),
  );
});

test("there is no second draw without an active slice, nor for what is not approved", () => {
  const payment = { id: "pay_1", amountMinor: 1_000, score: 0.05 };
  expect(drawsOf(payment, "approve", policyOf({})).active).toBeNull();
  expect(drawsOf(payment, "decline", policyOf({ activeShare: 1 })).active).toBeNull();
  expect(drawsOf(payment, "approve", policyOf({ activeShare: 1 })).active).not.toBeNull();
});

test("reviewed approvals weighted by 1/propensity tell the frauds among all approvals, without bias", () => {
  const policy = policyOf({ approveShare: 0.05, activeShare: 0.5 }, "thresholds");
  let [frauds, estimated, variance, active, unweighted, reviewed] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < 60_000; i++) {
    const payment = { id: `sim_${i}`, amountMinor: 1_000, score: 0.1 * drawOf(`score ${i}`) };
    const isFraud = drawOf(`fraud ${i}`) < payment.score;
    const { outcome, exploration, propensity } = explore(
      "approve",
      policy,
      drawsOf(payment, "approve", policy),
    );
    if (isFraud) frauds++;
    if (isFraud) variance += (1 - propensity) / propensity;
    if (outcome !== "review") continue;
    reviewed++;
    if (exploration === "active_learning") active++;
    if (isFraud) [estimated, unweighted] = [estimated + 1 / propensity, unweighted + 1];
  }
  expect(active).toBeGreaterThan(2_000);
  expect(Math.abs(estimated - frauds)).toBeLessThan(3 * Math.sqrt(variance));
  // Without the weights the slice would tell far too high a rate: it asks where frauds are.
  expect(unweighted / reviewed).toBeGreaterThan((1.15 * frauds) / 60_000);
});
