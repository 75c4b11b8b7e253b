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
  const { answer, response, caseId } = decided(scored, serving);
  expect(ScoreResponse.parse(answer)).toEqual(answer);
  expect(JSON.parse(response)).toEqual(answer);
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
