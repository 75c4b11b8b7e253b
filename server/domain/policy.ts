import { z } from "zod";
import {
  type CostModel,
  CostModelSchema,
  CostSegment,
  expectedCosts,
  type SegmentOf,
  segmentCost,
} from "./cost.ts";
import type { Outcome } from "./outcome.ts";

const DEFAULT_MASKED_SHARE = 0.05;
const DEFAULT_ANALYSTS = 4;
const MOST_SEGMENTS = 40;

/** What a policy says, as stored. Rates are shares in [0,1], money is minor units. */
export const Policy = z
  .strictObject({
    name: z.string().min(1).max(120),
    mode: z.enum(["cost", "thresholds"]),
    reviewThreshold: z.number().min(0).max(1),
    declineThreshold: z.number().min(0).max(1),
    /** the figures of payments in no segment */
    cost: CostModelSchema,
    segments: z.array(CostSegment).max(MOST_SEGMENTS).default([]),
    reviewCapacityPerDay: z.int().min(0),
    /** who share the capacity: each of them works the same number of cases a day */
    analysts: z.int().min(1).max(1_000).default(DEFAULT_ANALYSTS),
    exploration: z.strictObject({
      /** of all approvals, drawn at random */
      approveShare: z.number().min(0).max(1),
      /** of all declines, drawn at random: let through to review, never approved */
      declineShare: z.number().min(0).max(1),
      /** of approvals at the edge of review, where the model is least sure; fewer the further away */
      activeShare: z.number().min(0).max(1).default(0),
      /** of payments on which the challenger disagrees with the model that decides */
      disagreementShare: z.number().min(0).max(1).default(0),
      /** of ordinary reviews, worked on as blind as explored ones so that nobody can tell which are which */
      maskedShare: z.number().min(0).max(1).default(DEFAULT_MASKED_SHARE),
    }),
    maturityDays: z.int().min(0).max(365),
  })
  .refine(
    (p) => p.reviewThreshold <= p.declineThreshold,
    "Review threshold must not exceed decline threshold",
  )
  .refine(
    ({ segments }) =>
      new Set(segments.map(({ currency, channel }) => `${currency} ${channel}`)).size === segments.length,
    "A segment may have its figures once only",
  );
export type Policy = z.infer<typeof Policy>;

export const defaultPolicy: Policy = {
  name: "Starting policy",
  mode: "cost",
  reviewThreshold: 0.1,
  declineThreshold: 0.9,
  cost: {
    lossRate: 1,
    chargebackFeeMinor: 2500,
    marginRate: 0.1,
    frictionCostMinor: 1500,
    reviewCostMinor: 400,
    missRate: 0.1,
    delayCostMinor: 100,
  },
  segments: [],
  reviewCapacityPerDay: 200,
  analysts: DEFAULT_ANALYSTS,
  exploration: {
    approveShare: 0.002,
    declineShare: 0,
    activeShare: 0,
    disagreementShare: 0,
    maskedShare: DEFAULT_MASKED_SHARE,
  },
  maturityDays: 30,
};

/** The policy by the figures of the payment's segment; the policy itself where it has no segments. */
export function policyFor(policy: Policy, payment: SegmentOf): Policy {
  if (policy.segments.length === 0) return policy;
  const cost = segmentCost(policy.segments, payment);
  return cost === null ? policy : { ...policy, cost };
}

export type Scoring =
  | { readonly status: "scored"; readonly score: number }
  | { readonly status: "failed"; readonly reason: "model_unavailable" | "feature_missing" };

/**
 * The outcome by policy alone. Approval must be proven: what could not be scored, or is not a number, goes to
 * review. In cost mode the cheapest outcome wins (Bayes minimum risk), ties to the milder one.
 */
export function decide(scoring: Scoring, amountMinor: number, policy: Policy): Outcome {
  if (scoring.status === "failed" || !(scoring.score >= 0 && scoring.score <= 1)) return "review";
  if (policy.mode === "thresholds") {
    if (scoring.score < policy.reviewThreshold) return "approve";
    return scoring.score >= policy.declineThreshold ? "decline" : "review";
  }
  return cheapest(scoring.score, amountMinor, policy.cost);
}

function cheapest(score: number, amountMinor: number, cost: CostModel): Outcome {
  const costs = expectedCosts(score, amountMinor, cost);
  if (costs.approve <= costs.review && costs.approve <= costs.decline) return "approve";
  return costs.review <= costs.decline ? "review" : "decline";
}
