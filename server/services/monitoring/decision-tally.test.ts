import { expect, test } from "vitest";
import { DecisionTally, NO_MODEL, type TalliedDecision } from "./decision-tally.ts";

const bins = {
  features: [
    { name: "amount", cuts: [10, 20] },
    { name: "known", cuts: [] },
  ],
  score: { cuts: [0.5] },
};
const NOON = Date.UTC(2026, 2, 1, 12);

function decision(changes: Partial<TalliedDecision> = {}, features = [15, Number.NaN]): TalliedDecision {
  return {
    occurredAtMs: NOON,
    modelVersionId: "m1",
    currency: "EUR",
    outcome: "approve",
    amountMinor: 100,
    expectedLossMinor: 3,
    score: 0.25,
    features: Buffer.from(Float64Array.from(features).buffer),
    ...changes,
  };
}

test("values fall on the reference bins, missing ones apart, and the score is counted as a feature", () => {
  const tally = new DecisionTally();
  tally.add(decision(), bins);
  tally.add(decision({ score: 0.75 }, [10, 1]), bins);
  tally.add(decision({ score: 0.5 }, [99, 0]), bins);
  expect(tally.featureRows().map(({ feature, counts, missing }) => [feature, counts, missing])).toEqual([
    ["amount", [1, 1, 1], 0],
    ["known", [2], 1],
    ["score", [2, 1], 0],
  ]);
});

test("decisions are summed by UTC day, model, currency and outcome", () => {
  const tally = new DecisionTally();
  tally.add(decision(), bins);
  tally.add(decision({ occurredAtMs: Date.UTC(2026, 2, 1, 23, 59, 59, 999), amountMinor: 50 }), bins);
  tally.add(decision({ occurredAtMs: Date.UTC(2026, 2, 2) }), bins);
  tally.add(decision({ currency: "JPY" }), bins);
  tally.add(decision({ outcome: "decline" }), bins);
  expect(tally.dayRows()).toHaveLength(4);
  expect(tally.dayRows()[0]).toEqual({
    day: "2026-03-01",
    modelVersionId: "m1",
    currency: "EUR",
    outcome: "approve",
    decisions: 2,
    amountMinor: 150,
    expectedLossMinor: 6,
    scoreSum: 0.5,
  });
  expect(tally.dayRows()[1]?.day).toBe("2026-03-02");
});

test("a payment before 1970 belongs to its own day", () => {
  const tally = new DecisionTally();
  tally.add(decision({ occurredAtMs: -1 }), bins);
  expect(tally.dayRows()[0]?.day).toBe("1969-12-31");
});

test("what no model scored is counted under no model and teaches no feature", () => {
  const tally = new DecisionTally();
  tally.add(decision({ score: null }), bins);
  tally.add(decision({ modelVersionId: null, score: null }), null);
  expect(tally.dayRows()).toMatchObject([{ modelVersionId: NO_MODEL, decisions: 2, scoreSum: 0 }]);
  expect(tally.featureRows()).toEqual([]);
});

test("a vector of another length, or a version without bins, leaves the features uncounted", () => {
  const tally = new DecisionTally();
  tally.add(decision({}, [1, 2, 3]), bins);
  tally.add(decision(), null);
  expect(tally.dayRows()).toMatchObject([{ decisions: 2, scoreSum: 0.5 }]);
  expect(tally.featureRows()).toEqual([]);
});

test("a category that the reference does not know is in no bin, and a number beyond its range is marked", () => {
  const tally = new DecisionTally();
  const known = {
    features: [
      { name: "amount", cuts: [10, 20], range: [5, 30] as const },
      { name: "channel", cuts: [1, 4], codes: [1, 4, 9] },
    ],
    score: { cuts: [0.5] },
  };
  tally.add(decision({}, [99, 4]), known);
  tally.add(decision({}, [5, 3]), known);
  expect(tally.featureRows().slice(0, 2)).toMatchObject([
    { counts: [1, 0, 1], outside: 1, unseen: 0 },
    { counts: [0, 1, 0], outside: 0, unseen: 1 },
  ]);
});
