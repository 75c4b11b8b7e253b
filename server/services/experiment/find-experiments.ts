import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import type { ServiceContext } from "#server/services/context.ts";
import type { ExperimentSettings } from "#server/services/training/experiment-options.ts";
import { type TrainingRunView, trainingRunView, withNames } from "#server/services/training/view.ts";
import { type ExperimentSummary, type ExperimentView, experimentSummary, trialView } from "./view.ts";

/** Runs that are experiments name a metric to search by. */
const isExperiment = { options: { path: ["experiment", "metric"], string_contains: "" } };

const noReport = { report: true, manifest: true } as const;
const trialColumns = { id: true, details: true, manifest: true } as const;

/** The latest experiments, newest first. @throws ServiceError "forbidden" */
export async function listExperiments(
  ctx: ServiceContext,
  { limit = 50 }: { readonly limit?: number } = {},
): Promise<ExperimentSummary[]> {
  requirePermission(ctx.actor, "model:read");
  const runs = await ctx.db.trainingRun.findMany({
    where: isExperiment,
    orderBy: [{ requestedAt: "desc" }, { id: "desc" }],
    take: Math.min(limit, 200),
    include: withNames,
    omit: noReport,
  });
  return runs.flatMap((row) => {
    const run = trainingRunView({ ...row, report: null, manifest: null });
    return run.options.experiment === null ? [] : [experimentSummary(run, run.options.experiment)];
  });
}

/** An experiment with all its trials, in the order in which they were drawn. @throws ServiceError "forbidden", "not_found" */
export async function getExperiment(
  ctx: ServiceContext,
  { id }: { readonly id: string },
): Promise<ExperimentView> {
  requirePermission(ctx.actor, "model:read");
  const { run, settings } = await experimentRun(ctx, id);
  const trials = await ctx.db.trainingTrial.findMany({
    where: { runId: id },
    orderBy: { number: "asc" },
    omit: trialColumns,
  });
  return {
    ...experimentSummary(run, settings),
    imbalanceMethods: run.options.imbalanceMethods,
    trials: trials.map((trial) => trialView(trial, run.status)),
  };
}

/** The run of an experiment. @throws ServiceError "not_found" when there is none, or the run is a plain training */
export async function experimentRun(
  { db }: Pick<ServiceContext, "db">,
  id: string,
): Promise<{ readonly run: TrainingRunView; readonly settings: ExperimentSettings }> {
  const row = await db.trainingRun.findUnique({ where: { id }, include: withNames, omit: noReport });
  const run = row === null ? null : trainingRunView({ ...row, report: null, manifest: null });
  const settings = run?.options.experiment ?? null;
  if (run === null || settings === null) throw new ServiceError("not_found", "There is no such experiment.");
  return { run, settings };
}
