import { reasonText } from "#ml/explanation/reason-text.ts";
import type { PaymentEvent } from "#ml/features/payment-event.ts";
import type { Scorer } from "#ml/models/scorer.ts";
import type { CaseOrigin } from "#server/domain/case.ts";
import { expectedLossMinor } from "#server/domain/cost.ts";
import { drawOf, type Explored, explore } from "#server/domain/exploration.ts";
import type { Outcome } from "#server/domain/outcome.ts";
import { decide, type Policy, type Scoring } from "#server/domain/policy.ts";
import type { Reason } from "#server/domain/transaction.ts";
import type { ServingVersion } from "./serving-version.ts";

export type Decision = {
  readonly outcome: Outcome;
  readonly score: number | null;
  readonly failure: "model_unavailable" | null;
  readonly reasons: readonly Reason[];
  readonly exploration: Explored["exploration"];
  readonly propensity: number;
  readonly expectedLossMinor: number;
  /** why a case is opened; null when none is */
  readonly caseOrigin: CaseOrigin | null;
};

const TOP_REASONS = 3;

const unavailable: Reason = {
  code: "model_unavailable",
  text: "The model could not score this payment, so a person decides",
  contribution: 0,
};

/**
 * The decision on one payment. `features` is its row in the order of the serving version's feature set, `score` what
 * the champion said of it. A score that is not a number in [0,1], and an explanation that fails, go to review.
 * Reasons are the three features that raise the score most; an approval needs none.
 */
export function decidePayment(
  event: PaymentEvent,
  features: Float64Array,
  score: number,
  { champion, active: { policy } }: ServingVersion,
): Decision {
  if (champion === null || !(score >= 0 && score <= 1)) return undecided(event, policy);
  const scoring: Scoring = { status: "scored", score };
  const explored = explore(decide(scoring, event.amountMinor, policy), policy, drawOf(event.id));
  try {
    const reasons = explored.outcome === "approve" ? [] : reasonsOf(event, features, champion.scorer);
    return {
      ...explored,
      score,
      failure: null,
      reasons,
      expectedLossMinor: expectedLossMinor(score, event.amountMinor, policy.cost),
      caseOrigin:
        explored.outcome !== "review" ? null : explored.exploration === null ? "policy" : "exploration",
    };
  } catch {
    return undecided(event, policy);
  }
}

/** Nobody knows the risk, so the whole loss is expected: such cases head the queue. */
function undecided(event: PaymentEvent, policy: Policy): Decision {
  const scoring: Scoring = { status: "failed", reason: "model_unavailable" };
  return {
    ...explore(decide(scoring, event.amountMinor, policy), policy, drawOf(event.id)),
    score: null,
    failure: "model_unavailable",
    reasons: [unavailable],
    expectedLossMinor: expectedLossMinor(1, event.amountMinor, policy.cost),
    caseOrigin: "model_unavailable",
  };
}

function reasonsOf(event: PaymentEvent, features: Float64Array, scorer: Scorer): Reason[] {
  const { definitions } = scorer.featureSet;
  const place = new Map(definitions.map((definition, i) => [definition.name, i]));
  const valueNamed = (name: string): number | null => {
    const value = features[place.get(name) ?? -1];
    return value === undefined || Number.isNaN(value) ? null : value;
  };
  const raising = scorer.explain(features).filter(({ contribution }) => contribution > 0);
  return raising.slice(0, TOP_REASONS).flatMap(({ feature, contribution }) => {
    const definition = definitions[place.get(feature) ?? -1];
    if (definition === undefined) return [];
    return [{ code: feature, text: reasonText(definition, valueNamed, event), contribution }];
  });
}
