import type { PaymentEvent } from "#ml/features/payment-event.ts";
import type { StoredHit } from "#server/domain/rule/stored-hit.ts";
import type { RuleHit } from "#server/domain/transaction.ts";
import type { Decision } from "./decision.ts";
import type { ServingVersion } from "./serving-version.ts";

type Answered = {
  readonly event: PaymentEvent;
  readonly decision: Decision;
  readonly caseId: string | null;
  /** as JSON, which is stored beside the response */
  readonly reasons: string;
  readonly scoredAt: Date;
};

/**
 * The answer to the caller as JSON text: a ScoreResponse, put together from texts that are there already. Rules that
 * only watch are not told.
 */
export function responseOf(
  { event, decision, caseId, reasons, scoredAt }: Answered,
  serving: ServingVersion,
): string {
  const { score, outcome, hits } = decision;
  const rules = hits.length === 0 ? "[]" : JSON.stringify(told(hits));
  const opened = caseId === null ? "null" : `"${caseId}"`;
  return `{"transactionId":${JSON.stringify(event.id)},"score":${score},"outcome":"${outcome}","reasons":${reasons},"rules":${rules},"caseId":${opened},${versionsOf(serving)},"scoredAt":"${scoredAt.toISOString()}"}`;
}

function told(hits: readonly StoredHit[]): RuleHit[] {
  return hits
    .filter(({ monitored }) => monitored === undefined)
    .map(({ id, name, outcome }) => ({ id, name, outcome }));
}

const versions = new WeakMap<ServingVersion, string>();

/** The same in every answer of a serving version. */
function versionsOf(serving: ServingVersion): string {
  const known = versions.get(serving);
  if (known !== undefined) return known;
  const named = {
    modelVersion: serving.champion?.modelVersionId ?? null,
    policyVersion: serving.active.policyVersionId,
    featureSetVersion: serving.featureSet.version,
  };
  const made = JSON.stringify(named).slice(1, -1);
  versions.set(serving, made);
  return made;
}
