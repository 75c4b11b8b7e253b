import type { FeatureDefinition } from "#ml/features/feature-set.ts";
import type { FitContext } from "./model.ts";

/**
 * How a feature behaves as a number: `scale` spans orders of magnitude, `plain` does not, `flag` is 0 or 1, and
 * `category` is a code that can only be equal or not.
 */
export const featureKinds = ["scale", "plain", "flag", "hour", "weekday", "category"] as const;
export type FeatureKind = (typeof featureKinds)[number];

/** Length of the cycle of a cyclic kind, in the feature's own unit. */
export const periodOf = { hour: 24, weekday: 7 } as const;

const kindOfUnit = {
  count: "scale",
  minor: "scale",
  seconds: "scale",
  hours: "scale",
  days: "scale",
  km: "scale",
  km_per_hour: "scale",
  ratio: "plain",
  number: "plain",
  flag: "flag",
  category: "category",
} as const satisfies Record<FeatureDefinition["unit"], FeatureKind>;

/** The kind of a feature by its definition: cyclic or long-tailed by its aggregate, otherwise by its unit. */
export function kindOf(definition: Pick<FeatureDefinition, "aggregate" | "unit">): FeatureKind {
  if (definition.unit !== "flag") {
    if (/^hour(_of_day)?$/.test(definition.aggregate)) return "hour";
    if (/^amount_(to_(mean|max|usual)|deviation)$/.test(definition.aggregate)) return "scale";
    if (/^(weekday|day_of_week)$/.test(definition.aggregate)) return "weekday";
  }
  return kindOfUnit[definition.unit];
}

/** Kinds of the features of a fit; `plain` where no definitions are given. */
export function kindsOf(context: Pick<FitContext, "featureNames" | "definitions">): FeatureKind[] {
  return context.definitions?.map(kindOf) ?? context.featureNames.map(() => "plain");
}
