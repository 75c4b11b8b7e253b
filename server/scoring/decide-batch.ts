import type { AcceptedPayment } from "./accepted-payment.ts";
import { decidesInCanary } from "./canary-draw.ts";
import { decided } from "./decided-payment.ts";
import type { NewPayment } from "./decision-rows.ts";
import type { FeatureState } from "./feature-state.ts";
import { scoreRows } from "./score-rows.ts";
import type { Champion, ServingVersion } from "./serving-version.ts";

export type DecideParts = {
  readonly serving: ServingVersion;
  readonly state: Pick<FeatureState, "engine" | "labelCursor">;
  readonly scoredAt: Date;
  /** hears how long computing features took, and scoring with rules, policy and reasons */
  readonly observe?: (stage: "features" | "model", seconds: number) => void;
  /** hears how long a model took to score so many payments */
  readonly observeModel?: (modelVersionId: string, seconds: number, payments: number) => void;
};

/**
 * Decides payments in order, each seeing those before it. Leaves them observed in `state`: the caller has begun a
 * batch there, and commits it or rolls it back. A challenger scores the same features; if it fails, nothing else does.
 * Customers drawn into its canary are decided by its score, with the champion's in shadow.
 */
export function decideBatch(payments: readonly AcceptedPayment[], parts: DecideParts): NewPayment[] {
  const { serving, state, scoredAt, observe, observeModel } = parts;
  const width = serving.featureSet.definitions.length;
  const start = performance.now();
  const features = matrixOf(payments.length * width);
  for (const [row, { event }] of payments.entries()) {
    state.engine.compute(event, features, row * width);
    state.engine.observe(event);
  }
  const computed = performance.now();
  const timed = (model: Champion | null): Float64Array => {
    const from = performance.now();
    const scores = scoreRows(model?.scorer ?? null, features, payments.length);
    if (model !== null)
      observeModel?.(model.modelVersionId, (performance.now() - from) / 1000, payments.length);
    return scores;
  };
  const { champion, challenger, canary } = serving;
  const scores = timed(champion);
  const shadow = challenger === null ? null : timed(challenger);
  const { labelCursor } = state;
  const decisions = payments.map(({ event, requestHash }, row): NewPayment => {
    const inCanary = canary !== null && decidesInCanary(event.customerId, canary);
    const [own, other] = inCanary ? [shadow, scores] : [scores, shadow];
    const scored = {
      event,
      features: features.subarray(row * width, (row + 1) * width),
      score: own?.[row] ?? Number.NaN,
      challengerScore: other?.[row] ?? Number.NaN,
      labelCursor,
      scoredAt,
      opensCase: true,
    };
    return Object.assign(decided(scored, inCanary ? canary.serving : serving), { requestHash });
  });
  observe?.("features", (computed - start) / 1000);
  observe?.("model", (performance.now() - computed) / 1000);
  return decisions;
}

let scratch = new Float64Array(0);

/** One matrix for all batches: a decision keeps a copy of its row, and batches are decided one at a time. */
function matrixOf(length: number): Float64Array {
  if (scratch.length < length) scratch = new Float64Array(length * 2);
  return scratch.subarray(0, length);
}
