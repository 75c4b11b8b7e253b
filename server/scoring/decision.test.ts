import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultFeatureSet } from "#ml/features/default-set.ts";
import type { PaymentEvent } from "#ml/features/payment-event.ts";
import { loadScorer, type Scorer } from "#ml/models/scorer.ts";
import { approvalEdge } from "#server/domain/active-learning.ts";
import { changedLists, emptyLists, type ListedValue } from "#server/domain/list/lists.ts";
import { compileRules } from "#server/domain/rule/apply-rules.ts";
import type { Rule } from "#server/domain/rule/rule-set.ts";
import { type Decision, decidePayment } from "./decision.ts";
import type { ServingVersion } from "./serving-version.ts";
import { handMadeArtifact, handMadeServing } from "./testing/champion.ts";
import { paymentEvent } from "./testing/payments.ts";

const width = defaultFeatureSet.definitions.length;
const serving = handMadeServing();
const withPolicy = (change: Partial<typeof serving.active.policy>) => ({
  ...serving,
  active: { ...serving.active, policy: { ...serving.active.policy, ...change } },
});
const noExploration = serving.active.policy.exploration;
const exploring = withPolicy({ exploration: { ...noExploration, approveShare: 1 } });

const scoredAt = new Date("2026-11-20T10:16:00Z");

type Given = { readonly event: PaymentEvent; readonly features: Float64Array; readonly score: number };

function decisionOn(given: Given, version: ServingVersion): Decision {
  return decidePayment({ ...given, scoredAt }, version);
}

function row(values: Readonly<Record<string, number>>): Float64Array {
  return Float64Array.from(defaultFeatureSet.definitions, ({ name }) => values[name] ?? Number.NaN);
}

test("a small payment with a low score is approved without reasons or case", () => {
  const event = paymentEvent({ amountMinor: 1_000 });
  expect(decisionOn({ event, features: row({ amount: 1_000 }), score: 0.001 }, serving)).toEqual({
    outcome: "approve",
    score: 0.001,
    failure: null,
    reasons: [],
    hits: [],
    exploration: null,
    propensity: 0,
    expectedLossMinor: 4, // 0.001 · (1000 + 2500), rounded
    caseOrigin: null,
    masked: false,
  });
});

test("a doubtful payment goes to review, with the features that raise its score most, in order", () => {
  const event = paymentEvent({ amountMinor: 60_000 });
  const decision = decisionOn(
    { event, features: row({ amount: 60_000, customer_count_1h: 4 }), score: 0.3 },
    serving,
  );
  expect(decision).toMatchObject({ outcome: "review", caseOrigin: "policy", propensity: 1 });
  expect(decision.reasons.map((reason) => reason.code)).toEqual(["amount", "customer_count_1h"]);
  expect(decision.reasons[0]?.contribution).toBeCloseTo(4.8, 9);
  expect(decision.reasons[0]?.text).toContain("600.00");
});

test("a payment of a segment is judged by the segment's figures: outcome and expected loss alike", () => {
  const given = {
    event: paymentEvent({ amountMinor: 1_000 }),
    features: row({ amount: 1_000 }),
    score: 0.001,
  };
  const { cost } = serving.active.policy;
  const dear = { ...cost, chargebackFeeMinor: 9_000_000 };
  const bySegment = withPolicy({ segments: [{ currency: given.event.currency, channel: null, cost: dear }] });
  expect(decisionOn(given, bySegment)).toMatchObject({ outcome: "review", expectedLossMinor: 9_001 });
  const elsewhere = withPolicy({ segments: [{ currency: "JPY", channel: null, cost: dear }] });
  expect(decisionOn(given, elsewhere)).toMatchObject({ outcome: "approve", expectedLossMinor: 4 });
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
  const { reasons } = decisionOn(
    { event: paymentEvent({ amountMinor: 60_000 }), features: ones, score: 0.3 },
    handMadeServing(scorer),
  );
  expect(reasons.map((reason) => reason.contribution)).toEqual([4, 3, 2]);
});

test("a likely fraud is declined with reasons and without a case", () => {
  const decision = decisionOn(
    { event: paymentEvent({ amountMinor: 90_000 }), features: row({ amount: 90_000 }), score: 0.97 },
    serving,
  );
  expect(decision).toMatchObject({ outcome: "decline", caseOrigin: null, propensity: 0 });
  expect(decision.reasons).toHaveLength(1);
});

test("an explored approval is reviewed, and its case says that it was drawn", () => {
  const decision = decisionOn(
    { event: paymentEvent(), features: row({ amount: 1_299 }), score: 0.001 },
    exploring,
  );
  expect(decision).toMatchObject({
    outcome: "review",
    exploration: "approve_to_review",
    propensity: 1,
    caseOrigin: "exploration",
    masked: true,
  });
});

test("an approval at the edge of review is asked about where the policy has an active slice", () => {
  const event = paymentEvent({ amountMinor: 10_000 });
  const edge = approvalEdge(event.amountMinor, serving.active.policy);
  const active = withPolicy({ exploration: { ...noExploration, activeShare: 1 } });
  const given = { event, features: row({ amount: 10_000 }), score: edge - 1e-9 };
  expect(decisionOn(given, serving)).toMatchObject({ outcome: "approve", propensity: 0 });
  const decision = decisionOn(given, active);
  expect(decision).toMatchObject({
    outcome: "review",
    exploration: "active_learning",
    caseOrigin: "exploration",
    masked: true,
  });
  expect(decision.propensity).toBeCloseTo(1, 5);
  expect(decisionOn({ ...given, score: edge / 100 }, active)).toMatchObject({
    outcome: "approve",
    propensity: 0,
  });
});

test("of ordinary reviews the masked share is worked on blind, and never what a rule or a failure sent", () => {
  const blind = withPolicy({ exploration: { ...noExploration, maskedShare: 1 } });
  const given = {
    event: paymentEvent({ amountMinor: 60_000 }),
    features: row({ amount: 60_000 }),
    score: 0.3,
  };
  expect(decisionOn(given, blind)).toMatchObject({ outcome: "review", caseOrigin: "policy", masked: true });
  expect(decisionOn(given, serving).masked).toBe(false);
  expect(decisionOn({ ...given, score: Number.NaN }, blind)).toMatchObject({
    caseOrigin: "model_unavailable",
    masked: false,
  });
  expect(decisionOn({ ...given, score: 0.001 }, blind)).toMatchObject({ outcome: "approve", masked: false });
  expect(decisionOn({ ...given, score: 0.99 }, blind)).toMatchObject({ outcome: "decline", masked: false });
});

describe("a model that cannot say goes to review, never to approval", () => {
  const failing: Scorer = {
    ...loadScorer(handMadeArtifact()),
    explainTop: () => {
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
    const decision = decisionOn(
      { event: paymentEvent({ amountMinor: 60_000 }), features: row({}), score },
      version,
    );
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
      const decision = decisionOn({ event: paymentEvent({ amountMinor }), features, score: s }, serving);
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

const rule = (
  name: string,
  condition: string,
  effect: Rule["effect"],
  status: Rule["status"] = "active",
): Rule => ({
  id: name.toLowerCase(),
  name,
  condition,
  effect,
  status,
});

function withRules(...rules: Rule[]): ServingVersion {
  const compiled = compileRules({ rules }, { features: defaultFeatureSet.definitions });
  return { ...exploring, ruleSet: { ruleSetVersionId: "rules-1", ruleSet: { rules }, compiled } };
}

function listing(version: ServingVersion, ...entries: Partial<ListedValue>[]): ServingVersion {
  const whole = entries.map(
    (entry, i): ListedValue => ({
      id: `entry-${i}`,
      list: "block",
      kind: "customer",
      value: "cus_1",
      expiresAtMs: null,
      removed: false,
      ...entry,
    }),
  );
  return { ...version, lists: { revision: 1, lists: changedLists(emptyLists, whole) } };
}

const doubtless = { event: paymentEvent({ customerId: "cus_1" }), features: row({}), score: 0.001 };

describe("rules and lists decide before the policy, and what they decide is not drawn for exploration", () => {
  test("a rule that raises to review opens a case of its own, and the model still gives its reasons", () => {
    const version = withRules(rule("Young card", "score < 0.5", { kind: "raise", outcome: "review" }));
    const features = row({ amount: 60_000 });
    expect(decisionOn({ ...doubtless, features }, version)).toMatchObject({
      outcome: "review",
      caseOrigin: "rule",
      propensity: 1,
      exploration: null,
      hits: [{ id: "young card", name: "Young card", outcome: "review" }],
      reasons: [{ code: "amount" }],
    });
  });

  test("a rule that only watches is recorded and changes nothing", () => {
    const version = withRules(
      rule("Watching", "score < 0.5", { kind: "force", outcome: "decline" }, "monitor"),
    );
    expect(decisionOn(doubtless, version)).toMatchObject({
      outcome: "review",
      caseOrigin: "exploration",
      hits: [{ name: "Watching", monitored: true }],
    });
  });

  test("the block list stands before the allow list, and that before a rule", () => {
    const force = withRules(rule("Never", "score >= 0", { kind: "force", outcome: "decline" }));
    const both = listing(force, { list: "allow" }, { list: "block" });
    expect(decisionOn(doubtless, both)).toMatchObject({
      outcome: "decline",
      propensity: 0,
      exploration: null,
      hits: [{ name: "Block list: customer" }, { name: "Never" }],
    });
    expect(decisionOn(doubtless, listing(force, { list: "allow" }))).toMatchObject({
      outcome: "approve",
      propensity: 0,
      exploration: null,
      caseOrigin: null,
    });
    expect(decisionOn(doubtless, force)).toMatchObject({ outcome: "decline", propensity: 0 });
  });

  test("an entry counts until the moment it expires", () => {
    const until = (ms: number) => listing(serving, { expiresAtMs: ms });
    expect(decisionOn(doubtless, until(scoredAt.getTime() + 1)).outcome).toBe("decline");
    expect(decisionOn(doubtless, until(scoredAt.getTime())).outcome).toBe("approve");
  });

  test("without a score nothing approves, and a block list or a rule still declines", () => {
    const unscored = { ...doubtless, score: Number.NaN };
    const approving = withRules(rule("Trusted", "score is missing", { kind: "force", outcome: "approve" }));
    expect(decisionOn(unscored, listing(approving, { list: "allow" }))).toMatchObject({
      outcome: "review",
      failure: "model_unavailable",
      caseOrigin: "model_unavailable",
    });
    expect(decisionOn(unscored, listing(serving, {})).outcome).toBe("decline");
    const declining = withRules(rule("No", 'customerId = "cus_1"', { kind: "raise", outcome: "decline" }));
    expect(decisionOn(unscored, declining)).toMatchObject({ outcome: "decline", caseOrigin: null });
  });
});

test("a rule that fails sends to review with its own reason, but never frees what is on the block list", () => {
  const version = withRules(rule("Broken", "score > 0", { kind: "raise", outcome: "review" }));
  const failing = version.ruleSet.compiled.rules.map((one) => ({
    ...one,
    test: () => {
      throw new Error("broken");
    },
  }));
  const broken = { ...version, ruleSet: { ...version.ruleSet, compiled: { rules: failing, troubles: [] } } };
  const reviewed = { outcome: "review", failure: "rule_failed", caseOrigin: "rule", propensity: 1 };
  expect(decisionOn(doubtless, broken)).toMatchObject({ ...reviewed, reasons: [{ code: "rule_failed" }] });
  expect(decisionOn(doubtless, listing(broken, { list: "allow" }))).toMatchObject(reviewed);
  expect(decisionOn(doubtless, listing(broken, {})).outcome).toBe("decline");
});
