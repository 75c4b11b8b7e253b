import { expect, test } from "vitest";
import { createFeatureEngine } from "#ml/features/engine.ts";
import { loadScorer, type Scorer } from "#ml/models/scorer.ts";
import { decidesInCanary } from "./canary-draw.ts";
import { decideBatch } from "./decide-batch.ts";
import { handMadeArtifact, handMadeServing } from "./testing/champion.ts";
import { paymentEvent } from "./testing/payments.ts";

const serving = handMadeServing();
const scoredAt = new Date("2026-11-20T10:16:00Z");
const payments = [1_000, 60_000, 90_000].map((amountMinor, i) => ({
  event: paymentEvent({ id: `pay_${i}`, amountMinor }),
  requestHash: new Uint8Array(32),
}));

function batchWith(challenger: Scorer | null, observe?: (stage: string, seconds: number) => void) {
  const state = { engine: createFeatureEngine(serving.featureSet), labelCursor: 0 };
  const shadow =
    challenger === null ? null : { modelVersionId: "model-2", artifactHash: "other", scorer: challenger };
  const parts = { serving: { ...serving, challenger: shadow }, state, scoredAt };
  return decideBatch(payments, observe === undefined ? parts : { ...parts, observe });
}

const harsh = loadScorer(handMadeArtifact(serving.featureSet, [], 5));

test("a challenger's scores stand beside decisions that are the same without it", () => {
  const [alone, shadowed] = [batchWith(null), batchWith(harsh)];
  const said = (batch: typeof alone) => batch.map(({ decision, features }) => ({ decision, features }));
  expect(said(shadowed)).toEqual(said(alone));
  expect(alone.map(({ challengerScore }) => challengerScore)).toEqual([null, null, null]);
  for (const { challengerScore } of shadowed) expect(challengerScore).toBeCloseTo(1 / (1 + Math.exp(-5)), 12);
});

test("a challenger that fails disturbs nothing", () => {
  const broken: Scorer = {
    ...harsh,
    score: () => {
      throw new Error("broken");
    },
  };
  const batch = batchWith(broken);
  expect(batch.map(({ challengerScore }) => challengerScore)).toEqual([null, null, null]);
  expect(batch.map(({ decision }) => decision)).toEqual(batchWith(null).map(({ decision }) => decision));
});

test("customers drawn into the canary are decided by the challenger, with the champion in shadow; the others as before", () => {
  const champion = serving.champion;
  const challenger = { modelVersionId: "model-2", artifactHash: "other", scorer: harsh };
  const swapped = { ...serving, champion: challenger, challenger: champion };
  const canary = { id: "c", share: 0.5, seed: 3, serving: swapped };
  const customers = Array.from({ length: 40 }, (_, i) => `cus_${i}`);
  const many = customers.map((customerId, i) => ({
    event: paymentEvent({ id: `pay_${i}`, customerId, amountMinor: 60_000 }),
    requestHash: new Uint8Array(32),
  }));
  const decide = (version: typeof serving) =>
    decideBatch(many, {
      serving: version,
      state: { engine: createFeatureEngine(serving.featureSet), labelCursor: 0 },
      scoredAt,
    });
  const shadowed = decide({ ...serving, challenger });
  const mixed = decide({ ...serving, challenger, canary });
  const drawn = customers.map((customerId) => decidesInCanary(customerId, canary));
  expect(new Set(drawn).size).toBe(2);
  for (const [i, one] of mixed.entries()) {
    const alone = shadowed[i];
    expect(one.serving.champion?.modelVersionId).toBe(drawn[i] ? "model-2" : "model-1");
    expect(one.response).toContain(`"modelVersion":"${drawn[i] ? "model-2" : "model-1"}"`);
    const expected = drawn[i]
      ? [alone?.challengerScore, alone?.decision.score]
      : [alone?.decision.score, alone?.challengerScore];
    expect([one.decision.score, one.challengerScore]).toEqual(expected);
  }
});

test("a share of disagreements goes to review, with its propensity, and costs nothing where it is not asked for", () => {
  const exploring = (disagreementShare: number) => ({
    ...serving,
    challenger: { modelVersionId: "model-2", artifactHash: "other", scorer: harsh },
    active: {
      ...serving.active,
      policy: {
        ...serving.active.policy,
        exploration: { ...serving.active.policy.exploration, disagreementShare },
      },
    },
  });
  const decide = (share: number) =>
    decideBatch(payments, {
      serving: exploring(share),
      state: { engine: createFeatureEngine(serving.featureSet), labelCursor: 0 },
      scoredAt,
    })[0]?.decision;
  expect(decide(0)).toMatchObject({ outcome: "approve", exploration: null, propensity: 0 });
  expect(decide(1)).toMatchObject({
    outcome: "review",
    exploration: "disagreement",
    propensity: 1,
    masked: true,
  });
});

test("features of a decision stay what they were when the next batch is decided", () => {
  const first = batchWith(null);
  const before = first.map(({ features }) => Buffer.from(features).toString("hex"));
  batchWith(null);
  expect(first.map(({ features }) => Buffer.from(features).toString("hex"))).toEqual(before);
});

test("the times of features and of the model are told apart", () => {
  const told: string[] = [];
  batchWith(harsh, (stage, seconds) => {
    if (seconds >= 0) told.push(stage);
  });
  expect(told).toEqual(["features", "model"]);
});
