import type { PaymentEvent } from "#ml/features/payment-event.ts";
import { type Decision, decidePayment } from "./decision.ts";
import { responseOf } from "./response.ts";
import type { ServingVersion } from "./serving-version.ts";
import { uuidV7 } from "./uuid-v7.ts";

/** A payment with its decision and the answer to its caller: what one row of `decision` is made of. */
export type DecidedPayment = {
  readonly event: PaymentEvent;
  readonly decision: Decision;
  /** as served, float64 little-endian */
  readonly features: Uint8Array;
  readonly serving: ServingVersion;
  /** null when none scored in shadow, or it could not say */
  readonly challengerScore: number | null;
  readonly labelCursor: number | null;
  readonly scoredAt: Date;
  readonly caseId: string | null;
  /** the decision's reasons as JSON */
  readonly reasons: string;
  /** the answer to the caller, byte for byte */
  readonly response: string;
};

export type Scored = {
  readonly event: PaymentEvent;
  readonly features: Float64Array;
  readonly score: number;
  /** what the model that scores in shadow said; NaN or absent when there is none */
  readonly challengerScore?: number;
  readonly labelCursor: number | null;
  readonly scoredAt: Date;
  /** whether a decision to review opens a case */
  readonly opensCase: boolean;
};

/** Decides a scored payment and words the answer. */
export function decided(scored: Scored, serving: ServingVersion): DecidedPayment {
  const { event, features, labelCursor, scoredAt, challengerScore = Number.NaN } = scored;
  const decision = decidePayment(scored, serving);
  const caseId = scored.opensCase && decision.caseOrigin !== null ? uuidV7(scoredAt.getTime()) : null;
  const reasons = decision.reasons.length === 0 ? "[]" : JSON.stringify(decision.reasons);
  return {
    event,
    decision,
    features: float64Bytes(features),
    serving,
    challengerScore: challengerScore >= 0 && challengerScore <= 1 ? challengerScore : null,
    labelCursor,
    scoredAt,
    caseId,
    reasons,
    response: responseOf({ event, decision, caseId, reasons, scoredAt }, serving),
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
