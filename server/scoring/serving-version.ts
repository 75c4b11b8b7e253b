import type { FeatureSet } from "#ml/features/feature-set.ts";
import type { Scorer } from "#ml/models/scorer.ts";
import type { Policy } from "#server/domain/policy.ts";

/** The model that decides. */
export type Champion = {
  readonly modelVersionId: string;
  readonly artifactHash: string;
  readonly scorer: Scorer;
};

/** The policy that decides. */
export type ActivePolicy = { readonly policyVersionId: string; readonly policy: Policy };

/** Everything that a decision is made from besides the payment; a response comes wholly from one. */
export type ServingVersion = {
  /** null before the first promotion: every payment then goes to review */
  readonly champion: Champion | null;
  readonly featureSet: FeatureSet;
  readonly active: ActivePolicy;
};
