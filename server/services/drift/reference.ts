import type { FeatureDefinition } from "#ml/features/feature-set.ts";
import type { ArtifactSlice } from "#ml/models/artifact.ts";
import type { FeatureReference } from "#ml/monitoring/feature-reference.ts";
import type { Database } from "#server/db/client.ts";
import { loadArtifact } from "#server/services/model/index.ts";

/** What drift is measured against: how features and scores looked in the newest window the model learned from. */
export type DriftReference = {
  readonly features: readonly FeatureReference[];
  readonly score: FeatureReference;
  readonly definitions: ReadonlyMap<string, FeatureDefinition>;
  readonly slice: ArtifactSlice;
};

const MOST_KEPT = 4;
const kept = new Map<string, DriftReference>();

/** The reference of an artefact; decoded once per hash, since an artefact is some megabytes and never changes. */
export async function referenceOfArtifact(db: Database, hash: string): Promise<DriftReference> {
  const known = kept.get(hash);
  if (known !== undefined) return known;
  const { reference, featureSet, slices } = await loadArtifact(db, hash);
  const read = {
    ...reference,
    definitions: new Map(featureSet.definitions.map((definition) => [definition.name, definition])),
    slice: slices.validation,
  };
  kept.set(hash, read);
  const oldest = kept.keys().next().value;
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  return read;
}
