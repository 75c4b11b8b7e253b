import type { Database, Tx } from "#server/db/client.ts";
import type { Actor } from "#server/domain/actor.ts";
import { inTransaction, recordAudit } from "#server/services/context.ts";
import { storeArtifact } from "#server/services/model/artifact-store.ts";
import { type ModelView, modelView } from "#server/services/model/view.ts";
import { reportToJson, type TrainingReport } from "./report.ts";
import { TrainingCancelled } from "./run-reporter.ts";
import type { TrainingOutcome } from "./run-training.ts";

const trainer: Actor = { kind: "job", name: "training" };

/**
 * Ends a run well: artefact, candidate version, report and audit row in one transaction, or none of them.
 * @throws TrainingCancelled when the run was cancelled, or failed as orphaned, before this came through
 */
export async function finishTraining(
  { db, now }: { readonly db: Database; readonly now: () => Date },
  runId: string,
  { result, report, manifest }: TrainingOutcome,
): Promise<ModelView> {
  const ctx = { db, actor: trainer, now };
  return inTransaction(ctx, async (tx) => {
    const at = now();
    const { count } = await tx.trainingRun.updateMany({
      where: { id: runId, status: "running", cancelRequested: false },
      data: {
        status: "succeeded",
        stage: "done",
        progress: 1,
        heartbeatAt: at,
        finishedAt: at,
        report: reportToJson(report),
        manifest,
      },
    });
    if (count === 0) throw new TrainingCancelled("cancelled");
    const version = await tx.modelVersion.create({
      data: {
        status: "candidate",
        family: result.selected,
        featureSetName: result.artifact.featureSet.name,
        featureSetVersion: result.artifact.featureSet.version,
        artifactHash: await storeArtifact(tx, result.artifact),
        createdAt: at,
        trainedFrom: new Date(result.split.train.fromMs),
        trainedTo: new Date(result.split.train.toMs),
        metrics: reportToJson(report),
        trainingRunId: runId,
      },
    });
    const view = modelView(version);
    await storeVerdict(tx, { versionId: version.id, at, report });
    const after = { number: view.number, family: view.family, artifactHash: view.artifactHash };
    await recordAudit(tx, ctx, {
      action: "model.create",
      subjectType: "model_version",
      subjectId: version.id,
      after: { ...after, trainingRunId: runId },
    });
    return view;
  });
}

type Verdicted = { readonly versionId: string; readonly at: Date; readonly report: TrainingReport };

async function storeVerdict(tx: Tx, { versionId, at, report: { gate } }: Verdicted): Promise<void> {
  if (gate == null) return;
  const { championId, promote } = gate;
  await tx.gateVerdict.create({ data: { modelVersionId: versionId, championId, at, promote, body: gate } });
}
