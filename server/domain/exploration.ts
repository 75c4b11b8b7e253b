import type { Outcome } from "./outcome.ts";
import type { Policy } from "./policy.ts";

export type ExplorationKind = "approve_to_review" | "decline_to_review" | "active_learning";

export type Explored = {
  readonly outcome: Outcome;
  readonly exploration: ExplorationKind | null;
  /** probability, known at decision time, that a transaction with this policy outcome is reviewed */
  readonly propensity: number;
};

/** Draws in [0,1) that decide the same on a retry, being seeded by the transaction. */
export type ExplorationDraws = {
  readonly random: number;
  /** the second chance of an approval near the edge of review; null where it has none */
  readonly active: { readonly chance: number; readonly draw: number } | null;
};

/**
 * Sends a random share of approvals (and, if set, of declines) to review, so that labels exist where the model is
 * sure, and some approvals near the edge of review, where it is least sure. The two draws are independent, so the
 * propensity of an approval is 1 − (1 − random share)(1 − active chance).
 */
export function explore(policyOutcome: Outcome, policy: Policy, draws: ExplorationDraws): Explored {
  const { approveShare, declineShare } = policy.exploration;
  if (policyOutcome === "review") return { outcome: "review", exploration: null, propensity: 1 };
  if (policyOutcome === "decline") {
    const exploration = draws.random < declineShare ? "decline_to_review" : null;
    return { outcome: exploration === null ? "decline" : "review", exploration, propensity: declineShare };
  }
  const { active } = draws;
  const propensity = active === null ? approveShare : 1 - (1 - approveShare) * (1 - active.chance);
  if (draws.random < approveShare) return { outcome: "review", exploration: "approve_to_review", propensity };
  if (active !== null && active.draw < active.chance) {
    return { outcome: "review", exploration: "active_learning", propensity };
  }
  return { outcome: "approve", exploration: null, propensity };
}

/** A draw in [0,1) that depends on the transaction id alone (FNV-1a, finished with a murmur mix). */
export function drawOf(transactionId: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < transactionId.length; i++) {
    hash = Math.imul(hash ^ transactionId.charCodeAt(i), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 4_294_967_296;
}
