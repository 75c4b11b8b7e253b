import { z } from "zod";
import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { experimentRun } from "./find-experiments.ts";
import { TrialDetails, TrialRung } from "./trial-record.ts";
import { type TrialDetailView, trialView } from "./view.ts";

/** All that was kept of one trial: curves, importance, manifest. @throws ServiceError "forbidden" or "not_found" */
export async function getTrial(
  ctx: ServiceContext,
  { id, number }: { readonly id: string; readonly number: number },
): Promise<TrialDetailView> {
  requirePermission(ctx.actor, "model:read");
  const { run, settings } = await experimentRun(ctx, id);
  const trial = await ctx.db.trainingTrial.findUnique({ where: { runId_number: { runId: id, number } } });
  if (trial === null) throw new ServiceError("not_found", `The experiment has no trial ${number}.`);
  return {
    ...trialView(trial, run.status),
    rungs: z.array(TrialRung).parse(trial.rungs),
    details: TrialDetails.nullable().parse(trial.details),
    manifest: z.record(z.string(), z.unknown()).nullable().parse(trial.manifest),
    startedAt: trial.startedAt?.toISOString() ?? null,
    finishedAt: trial.finishedAt?.toISOString() ?? null,
    metric: settings.metric,
  };
}
