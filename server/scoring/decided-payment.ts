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

const CANONICAL_NAN_HIGH = 0x7ff8_0000;
const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Float64 little-endian, whatever the machine; every NaN by the same bits, so that vectors compare byte for byte. */
function float64Bytes(values: Float64Array): Uint8Array {
  const copy = values.slice();
  const bytes = new Uint8Array(copy.buffer);
  const halves = new Uint32Array(copy.buffer);
  for (let i = 0; i < copy.length; i++) {
    if (!Number.isNaN(copy[i])) continue;
    halves[i * 2] = littleEndian ? 0 : CANONICAL_NAN_HIGH;
    halves[i * 2 + 1] = littleEndian ? CANONICAL_NAN_HIGH : 0;
  }
  if (!littleEndian) for (let i = 0; i < bytes.length; i += 8) bytes.subarray(i, i + 8).reverse();
  return bytes;
}
