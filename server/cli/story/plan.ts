import type { DriftKind } from "#ml/simulation/drift.ts";
import { defaultPolicy, type Policy } from "#server/domain/policy.ts";

/** Everything a story is played with; equal plans give equal stories. */
export type StoryPlan = {
  readonly seed: number;
  readonly customers: number;
  readonly merchants: number;
  /** of all payments, before anything changes */
  readonly fraudShare: number;
  /** what changes, all of it on one Monday */
  readonly drifts: readonly DriftKind[];
  readonly weeks: {
    /** of payments before the first champion is trained */
    readonly history: number;
    /** live before the change */
    readonly before: number;
    /** live after the change at most, where no new champion comes */
    readonly changed: number;
    /** live after the promotion of a model that has seen the change */
    readonly after: number;
  };
  readonly maturityDays: number;
  /** mature labels that ask for a training */
  readonly matureLabels: number;
  readonly review: {
    readonly analysts: number;
    /** cases that each of them judges a day */
    readonly casesADay: number;
    /** share of frauds before them that they take for legitimate */
    readonly overlooks: number;
    /** share of legitimate payments before them that they take for fraud */
    readonly accuses: number;
  };
};

/** The plan of `npm run story`, but for its seed. */
export const storyDefaults: Omit<StoryPlan, "seed"> = {
  customers: 520,
  merchants: 200,
  fraudShare: 0.04,
  drifts: ["new_fraud_pattern", "fraud_surge"],
  weeks: { history: 24, before: 4, changed: 13, after: 4 },
  maturityDays: 21,
  matureLabels: 700,
  review: { analysts: 3, casesADay: 8, overlooks: defaultPolicy.cost.missRate, accuses: 0.02 },
};

/** A Monday. */
export const STORY_START_MS = Date.UTC(2026, 0, 5);

/** What a case costs: some twenty minutes of an analyst. */
const REVIEW_COST_MINOR = 900;

/** The policy that is in force all along: costs as Assay comes with them, but for dearer reviews, so that they are few. */
export function storyPolicy({ maturityDays, review }: StoryPlan): Policy {
  return {
    ...defaultPolicy,
    name: "Story policy",
    maturityDays,
    cost: { ...defaultPolicy.cost, reviewCostMinor: REVIEW_COST_MINOR },
    analysts: review.analysts,
    reviewCapacityPerDay: review.analysts * review.casesADay,
    // A declined payment is never disputed: some are let through to review, or the model forgets what they were.
    exploration: { ...defaultPolicy.exploration, declineShare: 0.1 },
  };
}
