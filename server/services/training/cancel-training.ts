import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { type TrainingRunView, trainingRunView, withNames } from "./view.ts";

/**
 * Ends a waiting run at once; asks a running one to stop, which it does within seconds.
 * @throws ServiceError "forbidden", "not_found" or "conflict" (it has ended already)
 */
export async function cancelTraining(
  ctx: ServiceContext,
  input: { readonly runId: string },
): Promise<TrainingRunView> {
  requirePermission(ctx.actor, "model:train");
  return inTransaction(ctx, async (tx) => {
    const before = await tx.trainingRun.findUnique({ where: { id: input.runId } });
    if (before === null) throw new ServiceError("not_found", "There is no such training run.");
    const waiting = await tx.trainingRun.updateMany({
      where: { id: input.runId, status: "queued" },
      data: { status: "cancelled", cancelRequested: true, finishedAt: ctx.now(), stage: "cancelled" },
    });
    if (waiting.count === 0) {
      const running = await tx.trainingRun.updateMany({
        where: { id: input.runId, status: "running" },
        data: { cancelRequested: true },
      });
      if (running.count === 0) throw new ServiceError("conflict", "This training has ended already.");
    }
    const run = await tx.trainingRun.findUniqueOrThrow({ where: { id: input.runId }, include: withNames });
    await recordAudit(tx, ctx, {
      action: "training.cancel",
      subjectType: "training_run",
      subjectId: input.runId,
      before: { status: before.status, progress: before.progress },
      after: { status: run.status, progress: run.progress, cancelRequested: run.cancelRequested },
    });
    return trainingRunView(run);
  });
}
