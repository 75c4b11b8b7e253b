import type { FeatureSet } from "#ml/features/feature-set.ts";
import type { Scorer } from "#ml/models/scorer.ts";
import type { Lists } from "#server/domain/list/lists.ts";
import type { Policy } from "#server/domain/policy.ts";
import type { CompiledRules } from "#server/domain/rule/apply-rules.ts";
import type { RuleSet } from "#server/domain/rule/rule-set.ts";

/** A model that serves: the one that decides, or one that scores in shadow. */
export type Champion = {
  readonly modelVersionId: string;
  readonly artifactHash: string;
  readonly scorer: Scorer;
};

/** The policy that decides. */
export type ActivePolicy = { readonly policyVersionId: string; readonly policy: Policy };

/** The rules that decide, compiled for the features that serve. */
export type ActiveRules = {
  /** null while none was ever activated */
  readonly ruleSetVersionId: string | null;
  readonly ruleSet: RuleSet;
  readonly compiled: CompiledRules;
};

/** The block and allow lists as of a revision. */
export type ActiveLists = { readonly revision: number; readonly lists: Lists };

/** A challenger that decides for a drawn share of customers. */
export type Canary = {
  readonly id: string;
  readonly share: number;
  readonly seed: number;
  /** the same version with the parts of champion and challenger exchanged */
  readonly serving: ServingVersion;
};

/** Everything that a decision is made from besides the payment; a response comes wholly from one. */
export type ServingVersion = {
  /** null before the first promotion: every payment then goes to review */
  readonly champion: Champion | null;
  /** scores the same features in shadow and decides nothing; null when none does */
  readonly challenger: Champion | null;
  /** null while the champion decides everything */
  readonly canary: Canary | null;
  readonly featureSet: FeatureSet;
  /** where each feature stands in its row */
  readonly places: ReadonlyMap<string, number>;
  readonly active: ActivePolicy;
  readonly ruleSet: ActiveRules;
  readonly lists: ActiveLists;
};

/** Where each feature of a set stands in its row. */
export function placesOf({ definitions }: FeatureSet): ReadonlyMap<string, number> {
  return new Map(definitions.map(({ name }, place) => [name, place]));
}
