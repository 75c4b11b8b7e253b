import fc from "fast-check";
import { expect, test } from "vitest";
import { expectedLossMinor } from "#server/domain/cost.ts";
import { outcomes } from "#server/domain/outcome.ts";
import { decide, defaultPolicy, type Policy, policyFor } from "#server/domain/policy.ts";
import { rowsOf } from "#server/services/analysis/testing/rows-of.ts";
import { assignOutcomes } from "./assign-outcomes.ts";
import { segmentCosts } from "./segment-costs.ts";

const names = {
  currency: new Map([
    [1, "EUR"],
    [2, "USD"],
  ]),
  channel: new Map([[1, "atm"]]),
};
const policies: Policy[] = [
  defaultPolicy,
  { ...defaultPolicy, mode: "thresholds", reviewThreshold: 0.3, declineThreshold: 0.7 },
  {
    ...defaultPolicy,
    segments: [
      {
        currency: "USD",
        channel: null,
        cost: { ...defaultPolicy.cost, frictionCostMinor: 0, marginRate: 0 },
      },
      { currency: null, channel: "atm", cost: { ...defaultPolicy.cost, reviewCostMinor: 1 } },
    ],
  },
];
const row = fc.record({
  score: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.3, 0.7, 1, Number.NaN)),
  amountMinor: fc.integer({ min: 0, max: 500_000 }),
  currency: fc.constantFrom(1, 2),
  channel: fc.constantFrom(0, 1),
});
const run = (rows: ReturnType<typeof rowsOf>, policy: Policy, capacityPerDay = 1e9) =>
  assignOutcomes(rows, policy, { costAt: segmentCosts(policy, names), capacityPerDay });

test("with capacity enough each row gets what the policy of its segment decides", () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 40 }), fc.constantFrom(...policies), (given, policy) => {
      const expected = given.map(({ score, amountMinor, currency, channel }) => {
        const segment = {
          currency: names.currency.get(currency) ?? "",
          channel: names.channel.get(channel) ?? null,
        };
        return decide({ status: "scored", score }, amountMinor, policyFor(policy, segment));
      });
      const assigned = run(rowsOf(given), policy).outcomes;
      expect(Array.from(assigned, (at) => outcomes[at])).toEqual(expected);
    }),
  );
});

test("a day's capacity goes to its highest expected losses, and no other outcome moves", () => {
  const days = fc.array(fc.tuple(row, fc.nat(2)), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(days, fc.nat(8), (given, capacity) => {
      const sorted = given
        .map(([r, day]) => ({ ...r, dayMs: day * 86_400_000 }))
        .sort((a, b) => a.dayMs - b.dayMs);
      const rows = rowsOf(sorted);
      const [free, tight] = [run(rows, defaultPolicy), run(rows, defaultPolicy, capacity)];
      const loss = (i: number): number => {
        const { score, amountMinor } = sorted[i] ?? { score: 0, amountMinor: 0 };
        return expectedLossMinor(Number.isNaN(score) ? 1 : score, amountMinor, defaultPolicy.cost);
      };
      for (const day of tight.days) {
        expect(day.worked).toBe(Math.min(day.asked, capacity));
        const ofDay = sorted.flatMap((r, i) => (r.dayMs === day.dayMs && free.outcomes[i] === 1 ? [i] : []));
        const worked = ofDay.filter((i) => tight.outcomes[i] === 1);
        const left = ofDay.filter((i) => tight.outcomes[i] !== 1);
        expect(worked).toHaveLength(day.worked);
        expect(Math.min(Infinity, ...worked.map(loss))).toBeGreaterThanOrEqual(
          Math.max(-1, ...left.map(loss)),
        );
      }
      free.outcomes.forEach((outcome, i) => {
        if (outcome !== 1) expect(tight.outcomes[i]).toBe(outcome);
      });
    }),
  );
});

test("what nobody gets to is let through or declined, the cheaper of the two", () => {
  const rows = rowsOf([
    { score: 0.2, amountMinor: 10_000 },
    { score: 0.15, amountMinor: 10_000 },
  ]);
  // 0.2 x 12,500 = 2,500 to approve, 0.8 x 2,500 = 2,000 to decline; 0.15: 1,875 against 2,125.
  expect([...run(rows, defaultPolicy, 0).outcomes]).toEqual([2, 0]);
});

test("what a rule raised stays raised, an allowed payment stays allowed, and no score is never an approval", () => {
  const rows = rowsOf([
    { score: 0, floor: 2 },
    { score: 0, floor: 3 },
    { score: 1, floor: 1 },
    { score: Number.NaN },
    { score: Number.NaN, floor: 3 },
    { score: Number.NaN, floor: 1 },
  ]);
  expect([...run(rows, defaultPolicy).outcomes]).toEqual([1, 2, 0, 1, 2, 1]);
  expect([...run(rows, defaultPolicy, 0).outcomes]).toEqual([2, 2, 0, 2, 2, 2]);
});
