import type { Pool } from "pg";
import { encodeArtifact } from "#ml/models/artifact.ts";
import { datasetHash } from "#ml/training/dataset-hash.ts";
import type { Database } from "#server/db/client.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { loadArtifact } from "#server/services/model/artifact-store.ts";
import { resolveFeatureSet } from "./feature-set.ts";
import { fitDataset, type Watching } from "./fit-dataset.ts";
import type { TrainingManifest } from "./manifest.ts";
import { refitCalibration } from "./refit-calibration.ts";

export type Repeated = {
  readonly contentHash: string;
  readonly artifactHash: string;
  readonly sameContent: boolean;
  readonly sameArtifact: boolean;
};

/**
 * Trains again from a manifest, on the log as it was then, and tells whether rows and artefact are the same bit for bit.
 * Stores nothing.
 * @throws ServiceError "invalid" when this installation's feature set is another one by now; else as a training does
 */
export async function repeatTraining(
  { db, pool }: { readonly db: Database; readonly pool: Pool },
  manifest: TrainingManifest,
  watching: Watching,
): Promise<Repeated> {
  const featureSet = await resolveFeatureSet(db);
  if (featureSet.version !== manifest.featureSet.version) {
    throw new ServiceError(
      "invalid",
      `The manifest needs the features ${manifest.featureSet.version}; trainings here use ${featureSet.version}.`,
    );
  }
  const fitting = {
    options: manifest.options,
    featureSet,
    maturityDays: manifest.maturity.days,
    knownAt: new Date(manifest.knownAt),
    marks: manifest.marks,
  };
  const { recalibrates } = manifest.options;
  const { dataset, result } =
    recalibrates === null
      ? await fitDataset(pool, fitting, watching)
      : await refitCalibration(
          pool,
          { ...fitting, parent: await loadArtifact(db, recalibrates.artifactHash) },
          watching,
        );
  const contentHash = datasetHash(dataset);
  const artifactHash = encodeArtifact(result.artifact).hash;
  return {
    contentHash,
    artifactHash,
    sameContent: contentHash === manifest.contentHash,
    sameArtifact: artifactHash === manifest.artifactHash,
  };
}
