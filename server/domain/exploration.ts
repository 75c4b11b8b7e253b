import type { Outcome } from "./outcome.ts";
import type { Policy } from "./policy.ts";

export type ExplorationKind = "approve_to_review" | "decline_to_review" | "active_learning" | "disagreement";

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
  readonly active: Chance | null;
  /** the chance of a payment on which the challenger disagrees; null or absent where none does */
  readonly disagreement?: Chance | null;
};

export type Chance = { readonly chance: number; readonly draw: number };

/**
 * Sends a random share of approvals (and, if set, of declines) to review, so that labels exist where the model is
 * sure, some approvals near the edge of review, where it is least sure, and some payments on which a challenger
 * disagrees. The draws are independent, so the propensity is 1 − the product of the chances of staying out.
 */
export function explore(policyOutcome: Outcome, policy: Policy, draws: ExplorationDraws): Explored {
  const { approveShare, declineShare } = policy.exploration;
  if (policyOutcome === "review") return { outcome: "review", exploration: null, propensity: 1 };
  const { active, disagreement = null } = draws;
  if (policyOutcome === "decline") {
    const isDrawn = draws.random < declineShare || isHit(disagreement);
    const exploration = isDrawn ? "decline_to_review" : null;
    return {
      outcome: isDrawn ? "review" : "decline",
      exploration,
      propensity: either(declineShare, disagreement),
    };
  }
  const propensity = either(either(approveShare, active), disagreement);
  if (draws.random < approveShare) return { outcome: "review", exploration: "approve_to_review", propensity };
  if (isHit(active)) return { outcome: "review", exploration: "active_learning", propensity };
  if (isHit(disagreement)) return { outcome: "review", exploration: "disagreement", propensity };
  return { outcome: "approve", exploration: null, propensity };
}

function isHit(chance: Chance | null): boolean {
  return chance !== null && chance.draw < chance.chance;
}

/** The share as it is where there is no second chance, so that nothing is rounded. */
function either(share: number, second: Chance | null): number {
  return second === null ? share : 1 - (1 - share) * (1 - second.chance);
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
