import { type CostModel, expectedLossMinor } from "./cost.ts";
import { drawOf, type ExplorationKind } from "./exploration.ts";
import type { Policy } from "./policy.ts";

/** A score in the middle of what is usually reviewed, to rank by when the true one must not show. */
const STAND_IN_SCORE = 0.3;

export type Reviewed = {
  readonly transactionId: string;
  readonly exploration: ExplorationKind | null;
  /** whether the policy alone asked for the review: rules and failures tell why by themselves */
  readonly byPolicy: boolean;
};

/**
 * Whether a case is worked on without score, reasons and expected loss: every explored one, and a seeded share of
 * ordinary reviews, so that a blind case tells nobody that the payment was explored.
 */
export function isMasked({ transactionId, exploration, byPolicy }: Reviewed, policy: Policy): boolean {
  if (exploration !== null) return true;
  return byPolicy && drawOf(`masked ${transactionId}`) < policy.exploration.maskedShare;
}

/** What a masked case is ranked by: the loss that its amount would mean at a middling score. */
export function standInLossMinor(amountMinor: number, cost: CostModel): number {
  return expectedLossMinor(STAND_IN_SCORE, amountMinor, cost);
}
