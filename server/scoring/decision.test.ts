import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultFeatureSet } from "#ml/features/default-set.ts";
import { loadScorer, type Scorer } from "#ml/models/scorer.ts";
import { decidePayment } from "./decision.ts";
import { handMadeArtifact, handMadeServing } from "./testing/champion.ts";
import { paymentEvent } from "./testing/payments.ts";

const width = defaultFeatureSet.definitions.length;
const serving = handMadeServing();
const withPolicy = (change: Partial<typeof serving.active.policy>) => ({
  ...serving,
  active: { ...serving.active, policy: { ...serving.active.policy, ...change } },
});
const exploring = withPolicy({ exploration: { approveShare: 1, declineShare: 0 } });

function row(values: Readonly<Record<string, number>>): Float64Array {
  return Float64Array.from(defaultFeatureSet.definitions, ({ name }) => values[name] ?? Number.NaN);
}

test("a small payment with a low score is approved without reasons or case", () => {
  const event = paymentEvent({ amountMinor: 1_000 });
  expect(decidePayment(event, row({ amount: 1_000 }), 0.001, serving)).toEqual({
    outcome: "approve",
    score: 0.001,
    failure: null,
    reasons: [],
    exploration: null,
    propensity: 0,
    expectedLossMinor: 4, // 0.001 · (1000 + 2500), rounded
    caseOrigin: null,
  });
});

test("a doubtful payment goes to review, with the features that raise its score most, in order", () => {
  const event = paymentEvent({ amountMinor: 60_000 });
  const decision = decidePayment(event, row({ amount: 60_000, customer_count_1h: 4 }), 0.3, serving);
  expect(decision).toMatchObject({ outcome: "review", caseOrigin: "policy", propensity: 1 });
  expect(decision.reasons.map((reason) => reason.code)).toEqual(["amount", "customer_count_1h"]);
  expect(decision.reasons[0]?.contribution).toBeCloseTo(4.8, 9);
  expect(decision.reasons[0]?.text).toContain("600.00");
});

test("never more than three reasons are given, and only such as raise the score", () => {
  const names = [
    "amount",
    "customer_count_1h",
    "customer_count_1d",
    "customer_count_7d",
    "customer_count_30d",
  ];
  const terms = names.map((feature, i) => ({ feature, from: 0, to: 1, points: i === 0 ? -1 : i }));
  const scorer = loadScorer(handMadeArtifact(defaultFeatureSet, terms));
  const ones = row(Object.fromEntries(names.map((name) => [name, 1])));
  const { reasons } = decidePayment(
    paymentEvent({ amountMinor: 60_000 }),
    ones,
    0.3,
    handMadeServing(scorer),
  );
  expect(reasons.map((reason) => reason.contribution)).toEqual([4, 3, 2]);
});

test("a likely fraud is declined with reasons and without a case", () => {
  const decision = decidePayment(
    paymentEvent({ amountMinor: 90_000 }),
    row({ amount: 90_000 }),
    0.97,
    serving,
  );
  expect(decision).toMatchObject({ outcome: "decline", caseOrigin: null, propensity: 0 });
  expect(decision.reasons).toHaveLength(1);
});

test("an explored approval is reviewed, and its case says that it was drawn", () => {
  const decision = decidePayment(paymentEvent(), row({ amount: 1_299 }), 0.001, exploring);
  expect(decision).toMatchObject({
    outcome: "review",
    exploration: "approve_to_review",
    propensity: 1,
    caseOrigin: "exploration",
  });
});

describe("a model that cannot say goes to review, never to approval", () => {
  const failing: Scorer = {
    ...loadScorer(handMadeArtifact()),
    explain: () => {
      throw new Error("broken");
    },
  };
  test.each([
    ["no model", 0.5, handMadeServing(null)],
    ["a score that is not a number", Number.NaN, serving],
    ["an infinite score", Number.POSITIVE_INFINITY, serving],
    ["a score above one", 1.5, serving],
    ["a negative score", -0.1, serving],
    ["a model that cannot explain a review", 0.3, handMadeServing(failing)],
    ["no model, with exploration", 0.5, { ...handMadeServing(null), active: exploring.active }],
  ])("%s", (_name, score, version) => {
    const decision = decidePayment(paymentEvent({ amountMinor: 60_000 }), row({}), score, version);
    expect(decision).toMatchObject({
      outcome: "review",
      score: null,
      failure: "model_unavailable",
      propensity: 1,
      exploration: null,
      caseOrigin: "model_unavailable",
      expectedLossMinor: 62_500, // the whole loss: 60000 + 2500
    });
    expect(decision.reasons).toEqual([
      { code: "model_unavailable", text: expect.any(String), contribution: 0 },
    ]);
  });
});

test("whatever the score and the amount, review comes with a case and nothing else does", () => {
  const score = fc.double({ min: -0.5, max: 1.5 });
  fc.assert(
    fc.property(score, fc.integer({ min: 0, max: 10_000_000 }), (s, amountMinor) => {
      const features = new Float64Array(width).fill(Number.NaN);
      const decision = decidePayment(paymentEvent({ amountMinor }), features, s, serving);
      const usable = s >= 0 && s <= 1;
      return (
        (decision.caseOrigin !== null) === (decision.outcome === "review") &&
        (decision.score === null) === !usable &&
        (usable || decision.outcome === "review") &&
        Number.isSafeInteger(decision.expectedLossMinor)
      );
    }),
  );
});
