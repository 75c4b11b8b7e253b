import type { Outcome } from "./outcome.ts";
import type { Policy } from "./policy.ts";

export type Explored = {
  readonly outcome: Outcome;
  readonly exploration: "approve_to_review" | "decline_to_review" | null;
  /** probability, known at decision time, that a transaction with this policy outcome is reviewed */
  readonly propensity: number;
};

/**
 * Sends a random share of approvals (and, if set, of declines) to review, so that labels exist where the model is
 * sure. `draw` in [0,1) is seeded by the transaction, so a retry decides the same.
 */
export function explore(policyOutcome: Outcome, policy: Policy, draw: number): Explored {
  if (policyOutcome === "review") return { outcome: "review", exploration: null, propensity: 1 };
  const share =
    policyOutcome === "approve" ? policy.exploration.approveShare : policy.exploration.declineShare;
  if (draw >= share) return { outcome: policyOutcome, exploration: null, propensity: share };
  const exploration = policyOutcome === "approve" ? "approve_to_review" : "decline_to_review";
  return { outcome: "review", exploration, propensity: share };
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
