import fc from "fast-check";
import { expect, test } from "vitest";
import { stakeMinor } from "./disagreement.ts";
import { decide, defaultPolicy } from "./policy.ts";

const { cost } = defaultPolicy;
const opinion = (score: number, amountMinor: number) => ({
  score,
  outcome: decide({ status: "scored", score }, amountMinor, defaultPolicy),
});

test("the stake is what the model that minds more expects to lose by the other's outcome", () => {
  // 100.00 at 0.5: approving costs 0.5 · (10,000 + 2,500) = 6,250, reviewing 400 + 0.05 · 12,500 + 50 = 1,075.
  const stake = stakeMinor(
    [
      { score: 0.001, outcome: "approve" },
      { score: 0.5, outcome: "review" },
    ],
    10_000,
    cost,
  );
  expect(stake).toBe(6_250 - 1_075);
});

test("it is the same either way round, never negative, and nothing where they agree", () => {
  const score = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(score, score, fc.integer({ min: 0, max: 1e8 }), (a, b, amountMinor) => {
      const pair = [opinion(a, amountMinor), opinion(b, amountMinor)] as const;
      const stake = stakeMinor(pair, amountMinor, cost);
      expect(stake).toBeGreaterThanOrEqual(0);
      expect(stakeMinor([pair[1], pair[0]], amountMinor, cost)).toBe(stake);
      if (pair[0].outcome === pair[1].outcome) expect(stake).toBe(0);
    }),
  );
});
