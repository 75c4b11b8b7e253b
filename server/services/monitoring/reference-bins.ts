import type { FeatureReference } from "#ml/monitoring/feature-reference.ts";
import type { Database } from "#server/db/client.ts";
import { loadArtifact } from "#server/services/model/artifact-store.ts";

export type ScoreBins = Pick<FeatureReference, "cuts" | "codes" | "range">;

/** Bins of the reference of a model version, features in the order of its feature set. */
export type ReferenceBins = {
  readonly features: readonly (ScoreBins & Pick<FeatureReference, "name">)[];
  readonly score: ScoreBins;
};

/** Reads the reference bins of model versions, each once: a version never changes. */
export function referenceBinsOf(db: Database): (modelVersionId: string) => Promise<ReferenceBins | null> {
  const known = new Map<string, Promise<ReferenceBins | null>>();
  return (modelVersionId) => {
    const before = known.get(modelVersionId);
    if (before !== undefined) return before;
    const reading = readBins(db, modelVersionId);
    known.set(modelVersionId, reading);
    reading.catch(() => known.delete(modelVersionId)); // the database may be back the next time
    return reading;
  };
}

async function readBins(db: Database, id: string): Promise<ReferenceBins | null> {
  const version = await db.modelVersion.findUnique({ where: { id } });
  if (version === null) return null;
  const { reference } = await loadArtifact(db, version.artifactHash);
  return { features: reference.features, score: reference.score };
}
