import { type ExplorationDraws, type Explored, explore } from "../exploration.ts";
import type { Outcome } from "../outcome.ts";
import type { Policy } from "../policy.ts";
import { type Applied, isStricter } from "./apply-rules.ts";

export const deciders = ["block_list", "allow_list", "rule", "policy"] as const;
export type Decider = (typeof deciders)[number];

export type Settled = Explored & { readonly decidedBy: Decider; readonly ruleFailed: boolean };

export type Settling = {
  /** what the policy alone says; review when the model could not say */
  readonly policyOutcome: Outcome;
  /** whether the model gave a score: without one nothing can approve */
  readonly scored: boolean;
  readonly listed: "block" | "allow" | null;
  readonly applied: Applied;
  readonly policy: Policy;
  readonly draws: ExplorationDraws;
};

/**
 * The outcome by precedence: block list, allow list, rules, policy, and exploration of what the policy alone decided.
 * What a list or a rule decided is never drawn for exploration, so its propensity is 1 for a review and 0 otherwise.
 * A rule that failed, and an approval without a score, go to review.
 */
export function settleOutcome({ policyOutcome, scored, listed, applied, policy, draws }: Settling): Settled {
  const { forced, floor, failed } = applied;
  if (listed === "block") return fixed("decline", "block_list", failed);
  if (failed) return fixed("review", "rule", true);
  if (listed === "allow" && scored) return fixed("approve", "allow_list", false);
  if (forced !== null) return fixed(forced, "rule", false);
  if (floor !== null && isStricter(floor, policyOutcome)) return fixed(floor, "rule", false);
  // A decline that a rule asks for too stays one: an exploration to review would be milder than the rule.
  if (floor === "decline") return fixed("decline", "policy", false);
  return { ...explore(policyOutcome, policy, draws), decidedBy: "policy", ruleFailed: false };
}

function fixed(outcome: Outcome, decidedBy: Decider, ruleFailed: boolean): Settled {
  return { outcome, exploration: null, propensity: outcome === "review" ? 1 : 0, decidedBy, ruleFailed };
}
