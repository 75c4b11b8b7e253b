import type { FeatureDefinition, FeatureSet } from "#ml/features/feature-set.ts";
import type { ArtifactSlice, ModelArtifact } from "#ml/models/artifact.ts";
import { loadScorer, type Scorer } from "#ml/models/scorer.ts";
import { importanceShares } from "#ml/monitoring/importance-share.ts";
import type { WatchedReference } from "#ml/monitoring/window-facts.ts";
import type { Database } from "#server/db/client.ts";
import { loadArtifact } from "#server/services/model/artifact-store.ts";
import { calendarFeatures } from "./watched-rows.ts";

/** What a model version is watched with. */
export type WatchedModel = {
  readonly reference: WatchedReference;
  readonly featureSet: FeatureSet;
  readonly definitions: ReadonlyMap<string, FeatureDefinition>;
  /** features of the calendar, which are never judged */
  readonly skip: ReadonlySet<string>;
  readonly importance: ReadonlyMap<string, number> | null;
  readonly slices: Pick<ModelArtifact["slices"], "train" | "validation" | "test">;
  /** made when somebody first scores: the page never does */
  readonly scorer: () => Scorer;
};

const MOST_KEPT = 3;
const kept = new Map<string, WatchedModel>();

/** Reads it from the artefact; decoded once per hash, since an artefact is some megabytes and never changes. */
export async function watchedModel(db: Database, hash: string): Promise<WatchedModel> {
  const known = kept.get(hash);
  if (known !== undefined) return known;
  const artifact = await loadArtifact(db, hash);
  const { featureSet, reference, slices, importance } = artifact;
  let made: Scorer | null = null;
  const read: WatchedModel = {
    reference,
    featureSet,
    definitions: new Map(featureSet.definitions.map((definition) => [definition.name, definition])),
    skip: calendarFeatures(featureSet.definitions),
    importance: importance === undefined ? null : importanceShares(importance),
    slices,
    scorer: () => {
      made ??= loadScorer(artifact);
      return made;
    },
  };
  kept.set(hash, read);
  const oldest = kept.keys().next().value;
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  return read;
}

/** The slice that the bins and counts of the reference were made from. */
export function referenceSlice({ slices }: Pick<WatchedModel, "slices">): ArtifactSlice {
  return slices.validation;
}
