import { expect, test } from "vitest";
import { ScoreResponse } from "#server/domain/transaction.ts";
import { decided } from "./decided-payment.ts";
import { handMadeServing } from "./testing/champion.ts";
import { paymentEvent } from "./testing/payments.ts";

const serving = handMadeServing();
const width = serving.featureSet.definitions.length;
const scored = {
  event: paymentEvent({ amountMinor: 60_000 }),
  features: new Float64Array(width).fill(Number.NaN),
  score: 0.3,
  labelCursor: 7,
  scoredAt: new Date("2026-11-20T10:16:00Z"),
  opensCase: true,
};

test("the answer is what the contract promises, and the response is its text", () => {
  const { response, caseId } = decided(scored, serving);
  const answer = ScoreResponse.parse(JSON.parse(response));
  expect(JSON.stringify(answer)).toBe(response); // nothing more, in the order of the contract
  expect(answer).toMatchObject({
    transactionId: "pay_1",
    outcome: "review",
    caseId,
    rules: [],
    modelVersion: "model-1",
    policyVersion: "policy-1",
    featureSetVersion: serving.featureSet.version,
    scoredAt: "2026-11-20T10:16:00.000Z",
  });
  expect(caseId).toMatch(/^[0-9a-f-]{36}$/);
});

test("a review that must open no case has none", () => {
  expect(decided({ ...scored, opensCase: false }, serving).caseId).toBeNull();
});

test("a challenger's score is kept when it is one, and changes nothing else", () => {
  const { caseId: _, ...without } = decided({ ...scored, opensCase: false }, serving);
  for (const [challengerScore, kept] of [
    [0.7, 0.7],
    [Number.NaN, null],
    [1.2, null],
  ] as const) {
    const { caseId: __, ...shadowed } = decided({ ...scored, opensCase: false, challengerScore }, serving);
    expect(shadowed).toEqual({ ...without, challengerScore: kept });
  }
});

test("the answer names rules that hit, and keeps to itself those that only watch", () => {
  const hit = { id: "r", name: 'A "quoted" rule', outcome: "review" as const };
  const effect = { kind: "raise" as const, outcome: "review" as const };
  const rules = [
    { test: () => 1 as const, effect, monitored: false, hit },
    { test: () => 1 as const, effect, monitored: true, hit: { ...hit, monitored: true as const } },
  ];
  const ruleSet = { ...serving.ruleSet, compiled: { rules, troubles: [] } };
  const { response, decision } = decided(scored, { ...serving, ruleSet });
  expect(ScoreResponse.parse(JSON.parse(response)).rules).toEqual([hit]);
  expect(decision.hits).toHaveLength(2);
});

test("features are stored as little-endian doubles, and every missing one by the same bits", () => {
  const features = new Float64Array(width).fill(Number.NaN);
  const bits = new BigUint64Array(features.buffer);
  features[0] = -1.5;
  bits[1] = 0xfff8_0000_0000_0001n; // another NaN, as a processor may make it
  const bytes = Buffer.from(decided({ ...scored, features }, serving).features);
  expect(bytes).toHaveLength(width * 8);
  expect(bytes.readDoubleLE(0)).toBe(-1.5);
  expect(bytes.readBigUInt64LE(8)).toBe(0x7ff8_0000_0000_0000n);
  expect(bytes.readBigUInt64LE(16)).toBe(0x7ff8_0000_0000_0000n);
});
