import type { PaymentEvent } from "#ml/features/payment-event.ts";
import type { ScoreResponse } from "#server/domain/transaction.ts";
import { type Decision, decidePayment } from "./decision.ts";
import type { ServingVersion } from "./serving-version.ts";
import { uuidV7 } from "./uuid-v7.ts";

/** A payment with its decision and the answer to its caller: what one row of `decision` is made of. */
export type DecidedPayment = {
  readonly event: PaymentEvent;
  readonly decision: Decision;
  /** as served, float64 little-endian */
  readonly features: Uint8Array;
  readonly serving: ServingVersion;
  readonly labelCursor: number | null;
  readonly scoredAt: Date;
  readonly caseId: string | null;
  readonly answer: ScoreResponse;
  /** the answer, byte for byte */
  readonly response: string;
};

export type Scored = {
  readonly event: PaymentEvent;
  readonly features: Float64Array;
  readonly score: number;
  readonly labelCursor: number | null;
  readonly scoredAt: Date;
  /** whether a decision to review opens a case */
  readonly opensCase: boolean;
};

/** Decides a scored payment and words the answer. */
export function decided(scored: Scored, serving: ServingVersion): DecidedPayment {
  const { event, features, labelCursor, scoredAt } = scored;
  const decision = decidePayment(event, features, scored.score, serving);
  const caseId = scored.opensCase && decision.caseOrigin !== null ? uuidV7(scoredAt.getTime()) : null;
  const answer: ScoreResponse = {
    transactionId: event.id,
    score: decision.score,
    outcome: decision.outcome,
    reasons: [...decision.reasons],
    rules: [],
    caseId,
    modelVersion: serving.champion?.modelVersionId ?? null,
    policyVersion: serving.active.policyVersionId,
    featureSetVersion: serving.featureSet.version,
    scoredAt: scoredAt.toISOString(),
  };
  return {
    event,
    decision,
    features: float64Bytes(features),
    serving,
    labelCursor,
    scoredAt,
    caseId,
    answer,
    response: JSON.stringify(answer),
  };
}

/** Float64 little-endian, whatever the machine; every NaN by the same bits, so that vectors compare byte for byte. */
function float64Bytes(values: Float64Array): Uint8Array {
  const bytes = new Uint8Array(values.length * 8);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => {
    if (Number.isNaN(value)) view.setBigUint64(i * 8, 0x7ff8_0000_0000_0000n, true);
    else view.setFloat64(i * 8, value, true);
  });
  return bytes;
}
