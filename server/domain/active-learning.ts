import { type CostModel, fraudLossMinor } from "./cost.ts";
import { type Chance, drawOf, type ExplorationDraws } from "./exploration.ts";
import type { Outcome } from "./outcome.ts";
import { decide, type Policy } from "./policy.ts";

/** Log-odds below the edge at which an approval is no longer worth asking about: odds about 20 times smaller. */
const REACH = 3;

/** The payment as far as the draws of exploration look at it. */
export type Drawn = {
  readonly id: string;
  readonly amountMinor: number;
  readonly score: number;
  /** what the model that scores in shadow said; NaN or absent where none did */
  readonly challengerScore?: number;
};

/** The draws of a payment. All but the first cost nothing unless the policy asks for them. */
export function drawsOf(payment: Drawn, policyOutcome: Outcome, policy: Policy): ExplorationDraws {
  const random = drawOf(payment.id);
  const disagreement = disagreementOf(payment, policyOutcome, policy);
  if (policy.exploration.activeShare === 0 || policyOutcome !== "approve")
    return { random, active: null, disagreement };
  const chance = activeChance(payment.score, payment.amountMinor, policy);
  return {
    random,
    active: chance > 0 ? { chance, draw: drawOf(`active ${payment.id}`) } : null,
    disagreement,
  };
}

/** The chance of a payment that the policy would decide otherwise by the score of the model in shadow. */
function disagreementOf(
  { id, amountMinor, challengerScore = Number.NaN }: Drawn,
  policyOutcome: Outcome,
  policy: Policy,
): Chance | null {
  const chance = policy.exploration.disagreementShare;
  if (chance === 0 || policyOutcome === "review" || !(challengerScore >= 0 && challengerScore <= 1))
    return null;
  const other = decide({ status: "scored", score: challengerScore }, amountMinor, policy);
  return other === policyOutcome ? null : { chance, draw: drawOf(`disagreement ${id}`) };
}

/**
 * The chance that an approval is sent to review because the model is unsure: `activeShare` at the edge of review,
 * falling in a straight line of log-odds to nothing at 3 below it. 0 for a score that is not a number.
 */
export function activeChance(score: number, amountMinor: number, policy: Policy): number {
  const edge = approvalEdge(amountMinor, policy);
  if (!(score > 0 && edge > 0)) return 0;
  const below = logOdds(edge) - logOdds(score);
  if (!(below < REACH)) return 0;
  return policy.exploration.activeShare * Math.min(1, 1 - below / REACH);
}

/** The lowest score at which a payment of this amount is no longer approved; 1 where all are. */
export function approvalEdge(amountMinor: number, policy: Policy): number {
  if (policy.mode === "thresholds") return policy.reviewThreshold;
  return Math.min(reviewEdge(amountMinor, policy.cost), declineEdge(amountMinor, policy.cost));
}

/** Where approving, p·L, costs as much as reviewing, c + p·miss·L + (1−p)·delay. */
function reviewEdge(amountMinor: number, cost: CostModel): number {
  const { reviewCostMinor, delayCostMinor, missRate } = cost;
  const saved = fraudLossMinor(amountMinor, cost) * (1 - missRate) + delayCostMinor;
  return saved > 0 ? Math.min(1, (reviewCostMinor + delayCostMinor) / saved) : 1;
}

/** Where approving, p·L, costs as much as declining, (1−p)·F. */
function declineEdge(amountMinor: number, cost: CostModel): number {
  const refused = amountMinor * cost.marginRate + cost.frictionCostMinor;
  const either = refused + fraudLossMinor(amountMinor, cost);
  return either > 0 ? refused / either : 1;
}

function logOdds(probability: number): number {
  return Math.log(probability / (1 - probability));
}
