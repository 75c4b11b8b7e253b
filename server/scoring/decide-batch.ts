import type { AcceptedPayment } from "./accepted-payment.ts";
import { decided } from "./decided-payment.ts";
import type { NewPayment } from "./decision-rows.ts";
import type { FeatureState } from "./feature-state.ts";
import { scoreRows } from "./score-rows.ts";
import type { ServingVersion } from "./serving-version.ts";

/**
 * Decides payments in order, each seeing those before it. Leaves them observed in `state`: the caller has begun a
 * batch there, and commits it or rolls it back.
 */
export function decideBatch(
  payments: readonly AcceptedPayment[],
  serving: ServingVersion,
  state: FeatureState,
  scoredAt: Date,
): NewPayment[] {
  const width = serving.featureSet.definitions.length;
  const features = new Float64Array(payments.length * width);
  payments.forEach(({ event }, row) => {
    state.engine.compute(event, features, row * width);
    state.engine.observe(event);
  });
  const scores = scoreRows(serving.champion?.scorer ?? null, features, payments.length);
  return payments.map(({ event, requestHash }, row) => {
    const scored = {
      event,
      features: features.subarray(row * width, (row + 1) * width),
      score: scores[row] ?? Number.NaN,
      labelCursor: state.labelCursor,
      scoredAt,
      opensCase: true,
    };
    return { ...decided(scored, serving), requestHash };
  });
}
