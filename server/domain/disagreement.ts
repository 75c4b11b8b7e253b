import { type CostModel, expectedCosts } from "./cost.ts";
import type { Outcome } from "./outcome.ts";

/** What a model thinks of a payment, and what the policy makes of it. */
export type Opinion = { readonly score: number; readonly outcome: Outcome };

/**
 * What is at stake where two models disagree, in minor units: how much dearer the other's outcome is, by the score of
 * whichever of the two minds more. 0 where they agree.
 */
export function stakeMinor(
  [one, other]: readonly [Opinion, Opinion],
  amountMinor: number,
  cost: CostModel,
): number {
  const minds = (own: Opinion, theirs: Opinion): number => {
    const costs = expectedCosts(own.score, amountMinor, cost);
    return costs[theirs.outcome] - costs[own.outcome];
  };
  return Math.max(0, Math.round(Math.max(minds(one, other), minds(other, one))));
}
