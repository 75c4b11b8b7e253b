import type { ModelArtifact } from "#ml/models/artifact.ts";
import { syntheticDataset, syntheticStartMs } from "#ml/training/testing/synthetic-dataset.ts";
import { train } from "#ml/training/train.ts";
import { trainDefaults } from "#ml/training/train-options.ts";
import type { Database } from "#server/db/client.ts";
import { DAY_MS } from "#server/domain/day.ts";
import type { StoredVerdict } from "#server/domain/gate-verdict.ts";
import { storeArtifact } from "#server/services/model/index.ts";

let trained: Promise<ModelArtifact> | null = null;

async function smallArtifact(): Promise<ModelArtifact> {
  const { artifact } = await train(
    syntheticDataset({}),
    { ...trainDefaults, families: ["rules"], maturityDays: 5, bootstrapReplicates: 0 },
    { signal: null, onProgress: () => {}, now: new Date(syntheticStartMs + 40 * DAY_MS) },
  );
  return artifact;
}

/** Candidates that can serve, by their ids. */
export async function storedModels(db: Database, at: Date, count: number): Promise<string[]> {
  trained ??= smallArtifact();
  const artifact = await trained;
  const ids: string[] = [];
  for (let i = 0; i < count; i++) {
    const { id } = await db.modelVersion.create({
      data: {
        family: artifact.family,
        featureSetName: artifact.featureSet.name,
        featureSetVersion: artifact.featureSet.version,
        artifactHash: await storeArtifact(db, artifact),
        createdAt: at,
        trainedFrom: at,
        trainedTo: at,
        metrics: {},
      },
    });
    ids.push(id);
  }
  return ids;
}

export function verdictOn(championId: string, promote: boolean): StoredVerdict {
  return {
    confidence: 0.99,
    metric: "expected cost a payment",
    promote,
    because: "Because of the numbers.",
    championId,
    championNumber: 1,
    policyVersionId: "policy",
    currency: "EUR",
    from: "2026-05-01T00:00:00.000Z",
    to: "2026-05-15T00:00:00.000Z",
    payments: 1_000,
    frauds: 60,
    leftOut: { declined: 0, otherCurrency: 0 },
    weighted: 0,
    costDifference: null,
    relativeDifference: null,
    checks: [],
  };
}
