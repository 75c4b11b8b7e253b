import type { PaymentEvent } from "#ml/features/payment-event.ts";
import { drawsOf } from "#server/domain/active-learning.ts";
import type { CaseOrigin } from "#server/domain/case-words.ts";
import { expectedLossMinor } from "#server/domain/cost.ts";
import type { Explored } from "#server/domain/exploration.ts";
import { findListed } from "#server/domain/list/lists.ts";
import { isMasked } from "#server/domain/masking.ts";
import type { Outcome } from "#server/domain/outcome.ts";
import { decide, type Policy, policyFor, type Scoring } from "#server/domain/policy.ts";
import { applyRules } from "#server/domain/rule/apply-rules.ts";
import { type Settled, settleOutcome } from "#server/domain/rule/settle-outcome.ts";
import type { StoredHit } from "#server/domain/rule/stored-hit.ts";
import type { Reason } from "#server/domain/transaction.ts";
import { reasonsOf } from "./reasons.ts";
import type { ServingVersion } from "./serving-version.ts";

export type Decision = {
  readonly outcome: Outcome;
  readonly score: number | null;
  readonly failure: "model_unavailable" | "rule_failed" | null;
  readonly reasons: readonly Reason[];
  /** the list entry and the rules that hit, those that only watch among them */
  readonly hits: readonly StoredHit[];
  readonly exploration: Explored["exploration"];
  readonly propensity: number;
  readonly expectedLossMinor: number;
  /** why a case is opened; null when none is */
  readonly caseOrigin: CaseOrigin | null;
  /** the case is worked on without score and reasons, so that nobody can tell explored ones */
  readonly masked: boolean;
};

/** A payment with its row of features, in the order of the serving version's set, and what the champion said of it. */
export type ScoredPayment = {
  readonly event: PaymentEvent;
  readonly features: Float64Array;
  readonly score: number;
  /** what the model that scores in shadow said; NaN or absent where none did */
  readonly challengerScore?: number;
  readonly scoredAt: Date;
};

const unavailable: Reason = {
  code: "model_unavailable",
  text: "The model could not score this payment, so a person decides",
  contribution: 0,
};

const ruleFailed: Reason = {
  code: "rule_failed",
  text: "A rule could not be evaluated, so a person decides",
  contribution: 0,
};

/**
 * The decision on one payment: block list, allow list, rules, policy, exploration. A score that is not a number in
 * [0,1], and an explanation that fails, go to review, unless a list or a rule declines. Reasons are the features that
 * raise the score most, whoever decided; an approval needs none.
 */
export function decidePayment(payment: ScoredPayment, serving: ServingVersion): Decision {
  const { event, features, score } = payment;
  const { champion, active } = serving;
  if (champion === null || !(score >= 0 && score <= 1)) return undecided(payment, serving);
  const { settled, hits } = settle(payment, { status: "scored", score }, serving);
  try {
    const explained =
      settled.outcome === "approve" ? [] : reasonsOf({ event, features }, champion.scorer, serving.places);
    return {
      outcome: settled.outcome,
      score,
      failure: settled.ruleFailed ? "rule_failed" : null,
      reasons: settled.ruleFailed ? [ruleFailed, ...explained] : explained,
      hits,
      exploration: settled.exploration,
      propensity: settled.propensity,
      expectedLossMinor: expectedLossMinor(score, event.amountMinor, policyFor(active.policy, event).cost),
      caseOrigin: originOf(settled),
      masked: masksCase(settled, event.id, active.policy),
    };
  } catch {
    return undecided(payment, serving);
  }
}

/** Nobody knows the risk, so the whole loss is expected: such cases head the queue. */
function undecided(payment: ScoredPayment, serving: ServingVersion): Decision {
  const { event } = payment;
  const { settled, hits } = settle(payment, { status: "failed", reason: "model_unavailable" }, serving);
  return {
    outcome: settled.outcome,
    score: null,
    failure: "model_unavailable",
    reasons: settled.ruleFailed ? [unavailable, ruleFailed] : [unavailable],
    hits,
    exploration: settled.exploration,
    propensity: settled.propensity,
    expectedLossMinor: expectedLossMinor(1, event.amountMinor, policyFor(serving.active.policy, event).cost),
    caseOrigin: settled.outcome === "review" ? "model_unavailable" : null,
    masked: false,
  };
}

function settle(
  { event, features, scoredAt, challengerScore = Number.NaN }: ScoredPayment,
  scoring: Scoring,
  { active, ruleSet, lists }: ServingVersion,
): { readonly settled: Settled; readonly hits: readonly StoredHit[] } {
  const policy = policyFor(active.policy, event);
  const scored = scoring.status === "scored";
  const score = scored ? scoring.score : Number.NaN;
  const listed = findListed(lists.lists, event, scoredAt.getTime());
  const applied = applyRules(ruleSet.compiled, event, { features, score, mayApprove: scored });
  const policyOutcome = decide(scoring, event.amountMinor, policy);
  const settled = settleOutcome({
    policyOutcome,
    scored,
    listed: listed?.list ?? null,
    applied,
    policy,
    draws: drawsOf(
      { id: event.id, amountMinor: event.amountMinor, score, challengerScore },
      policyOutcome,
      policy,
    ),
  });
  return { settled, hits: listed === null ? applied.hits : [listed.hit, ...applied.hits] };
}

/** Looked at for reviews only, so that an approval costs nothing more. */
function masksCase(
  { outcome, decidedBy, exploration }: Settled,
  transactionId: string,
  policy: Policy,
): boolean {
  if (outcome !== "review") return false;
  return isMasked({ transactionId, exploration, byPolicy: decidedBy === "policy" }, policy);
}

function originOf({ outcome, decidedBy, exploration }: Settled): CaseOrigin | null {
  if (outcome !== "review") return null;
  if (decidedBy === "rule") return "rule";
  return exploration === null ? "policy" : "exploration";
}
