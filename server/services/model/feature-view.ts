import type { Entity, FeatureDefinition, FeatureSet } from "#ml/features/feature-set.ts";
import type { ImportanceRecord } from "#ml/models/artifact.ts";
import type { FeatureReference } from "#ml/monitoring/feature-reference.ts";
import { exampleReason } from "./feature-example.ts";
import { aggregateWords, entityWords, formulaOf, windowText } from "./feature-words.ts";
import { type Decile, decilesOf } from "./reference-quantiles.ts";

/** How a feature looked in the newest window that a model learned from. */
export type FeatureDistribution = {
  readonly rows: number;
  readonly missing: number;
  /** Null for a category, whose codes have no order, and where every value is missing. */
  readonly deciles: readonly Decile[] | null;
  /** Share of rows with a value that are 1; null for what is no flag. At least this where `cuts` don't tell 0 from 1. */
  readonly shareYes: number | null;
  readonly cuts: readonly number[];
  readonly counts: readonly number[];
};

/** A feature as pages show it. */
export type FeatureView = {
  readonly name: string;
  readonly text: string;
  readonly entity: Entity;
  readonly entityText: string;
  readonly aggregate: string;
  readonly aggregateText: string;
  readonly window: string | null;
  readonly delayDays: number;
  readonly includesCurrent: boolean;
  readonly unit: FeatureDefinition["unit"];
  readonly formula: string;
  readonly where: string;
  readonly example: string;
  readonly distribution: FeatureDistribution | null;
  readonly importance: ImportanceRecord | null;
};

export type KnownOfFeatures = {
  readonly reference: readonly FeatureReference[];
  /** empty for a version that came without */
  readonly importance: readonly ImportanceRecord[];
};

/** Every feature of a set in words, with what a model version knows of it. */
export function featureViews(set: FeatureSet, known: KnownOfFeatures | null): FeatureView[] {
  const references = new Map(known?.reference.map((each) => [each.name, each]));
  const importance = new Map(known?.importance.map((each) => [each.name, each]));
  const deciles = (name: string): readonly Decile[] => {
    const reference = references.get(name);
    return reference === undefined ? [] : decilesOf(reference);
  };
  return set.definitions.map((definition) => {
    const { name, text, entity, aggregate, unit } = definition;
    const reference = references.get(name);
    return {
      name,
      text,
      entity,
      entityText: entityWords[entity],
      aggregate,
      aggregateText: aggregateWords(aggregate),
      window: windowText(definition),
      delayDays: definition.delayDays ?? 0,
      includesCurrent: definition.includesCurrent ?? false,
      unit,
      ...formulaOf(definition),
      example: exampleReason(definition, set, deciles),
      distribution: reference === undefined ? null : distributionOf(reference, unit),
      importance: importance.get(name) ?? null,
    };
  });
}

function distributionOf(reference: FeatureReference, unit: FeatureDefinition["unit"]): FeatureDistribution {
  const { cuts, counts, missing } = reference;
  const values = counts.reduce((sum, count) => sum + count, 0);
  const deciles = unit === "category" || values === 0 ? null : decilesOf(reference);
  const shareYes = unit === "flag" && values > 0 ? shareOfOnes(reference, values) : null;
  return { rows: values + missing, missing, deciles, shareYes, cuts, counts };
}

/** Bins are (…, c1], (c1, c2], …: the ones are what lies above the bin that ends at 0, or at least nine in ten. */
function shareOfOnes({ cuts, counts }: FeatureReference, values: number): number {
  const zeros = cuts.indexOf(0);
  if (zeros < 0) return 0.9;
  return counts.slice(zeros + 1).reduce((sum, count) => sum + count, 0) / values;
}
