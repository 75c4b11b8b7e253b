import { defaultFeatureSet } from "#ml/features/default-set.ts";
import { createFeatureEngine } from "#ml/features/engine.ts";
import { Replayer, type ReplayLabel } from "#ml/features/replay.ts";
import type { ModelArtifact } from "#ml/models/artifact.ts";
import type { Dataset } from "#ml/training/dataset.ts";
import { train } from "#ml/training/train.ts";
import { trainDefaults } from "#ml/training/train-options.ts";
import type { ProgressBar } from "#server/cli/progress-bar.ts";
import type { Database } from "#server/db/client.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { storeArtifact } from "#server/services/model/artifact-store.ts";
import { promoteModel } from "#server/services/model/index.ts";
import { DatasetBuilder } from "#server/services/training/dataset-builder.ts";
import { type BenchWorld, historyOf, withAttributes } from "../payments.ts";

const TRAINING_DAYS = 130;
const DAY_MS = 86_400_000;

/**
 * Fits what decides: a champion and a challenger of 200 trees of depth 6 each, by the product's own training on the
 * past of a smaller world that is built like the one in the database. They differ in the seed of their samples.
 */
export async function fitModels(world: BenchWorld, bar: ProgressBar): Promise<readonly ModelArtifact[]> {
  const artifacts: ModelArtifact[] = [];
  const past = { ...world, customers: 1_500, merchants: 400, days: TRAINING_DAYS };
  const dataset = trainingRows(past);
  for (const seed of [1, 2]) {
    const options = {
      ...trainDefaults,
      seed,
      families: ["gradient_boosting"] as const,
      familyOptions: { gradient_boosting: { rounds: 200, maxDepth: 6, patience: null } },
      importanceRows: 0,
      bootstrapReplicates: 0,
    };
    const { artifact } = await train(dataset, options, {
      signal: null,
      now: new Date(past.startMs + TRAINING_DAYS * DAY_MS),
      onProgress: ({ fraction, stage }) => bar.update((seed - 1 + fraction) / 2, stage),
    });
    artifacts.push(artifact);
  }
  return artifacts;
}

/** The first model becomes the champion, the others challengers that score in the shadow. */
export async function installModels(
  ctx: ServiceContext,
  db: Database,
  artifacts: readonly ModelArtifact[],
): Promise<void> {
  for (const [position, artifact] of artifacts.entries()) {
    const { train: slice } = artifact.slices;
    const version = await db.modelVersion.create({
      data: {
        status: position === 0 ? "candidate" : "challenger",
        family: artifact.family,
        featureSetName: artifact.featureSet.name,
        featureSetVersion: artifact.featureSet.version,
        artifactHash: await storeArtifact(db, artifact),
        createdAt: ctx.now(),
        trainedFrom: new Date(slice.fromMs),
        trainedTo: new Date(slice.toMs),
        metrics: {},
      },
    });
    if (position === 0) await promoteModel(ctx, { versionId: version.id });
  }
}

function trainingRows(world: BenchWorld): Dataset {
  const simulated = [...historyOf(world)];
  const replayer = new Replayer(createFeatureEngine(defaultFeatureSet));
  const labels = simulated.flatMap(({ payment, label }): ReplayLabel[] =>
    label === null
      ? []
      : [{ ...payment, transactionId: payment.id, recordedAtMs: label.recordedAtMs, label: label.label }],
  );
  replayer.offerLabels(labels.sort((a, b) => a.recordedAtMs - b.recordedAtMs));
  const builder = new DatasetBuilder(defaultFeatureSet, simulated.length);
  for (const { payment, label } of simulated) {
    const event = withAttributes(payment);
    replayer.next(event, builder.features, builder.offset);
    builder.add(
      event,
      label === null ? null : { fraud: label.label === "fraud", recordedAtMs: label.recordedAtMs },
    );
  }
  return builder.build().dataset;
}
