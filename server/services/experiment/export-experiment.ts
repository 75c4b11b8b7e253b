import { join, resolve } from "node:path";
import { requirePermission } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { artifactBytes } from "#server/services/model/artifact-store.ts";
import { mlflowRunFiles, writeMlflow } from "#server/services/model/mlflow/mlflow-layout.ts";
import { experimentRun } from "./find-experiments.ts";
import { getTrial } from "./get-trial.ts";
import { trialRun } from "./trial-run.ts";

/**
 * Writes every trial of an experiment into `out/mlruns` as runs of one MLflow experiment, with their figures rung by
 * rung, their learning curves, and artefact, importance and manifest where they learned from all rows. Returns the
 * absolute path of `mlruns`.
 * @throws ServiceError "forbidden" or "not_found"; what the file system refuses
 */
export async function exportExperiment(
  ctx: ServiceContext,
  { id, out }: { readonly id: string; readonly out: string },
): Promise<{ readonly folder: string; readonly trials: number }> {
  requirePermission(ctx.actor, "model:read");
  const { run } = await experimentRun(ctx, id);
  const folder = join(resolve(out), "mlruns");
  const rows = await ctx.db.trainingTrial.findMany({
    where: { runId: id },
    orderBy: { number: "asc" },
    select: { number: true },
  });
  for (const { number } of rows) {
    const trial = await getTrial(ctx, { id, number });
    const artifact = trial.artifactHash === null ? null : await artifactBytes(ctx.db, trial.artifactHash);
    const log = await ctx.db.trainingLog.findMany({
      where: { runId: id, trial: number },
      orderBy: { id: "asc" },
      select: { at: true, text: true },
    });
    await writeMlflow(folder, mlflowRunFiles(folder, trialRun({ run, trial, artifact, log })));
  }
  return { folder, trials: rows.length };
}
