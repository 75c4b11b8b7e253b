import { isUniqueViolation } from "#server/db/unique-violation.ts";
import { actorId } from "#server/domain/actor.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { TrainingOptions, type TrainingOptionsInput } from "./options.ts";
import { failOrphanedRuns } from "./run-state.ts";
import { type TrainingRunView, trainingRunView, withNames } from "./view.ts";

/**
 * Asks for a training run; a worker takes it up. With `foreground` the caller runs it at once with `runTraining`.
 * @throws ServiceError "forbidden", "invalid" or "conflict" (one is waiting or running: there is one at a time)
 */
export async function requestTraining(
  ctx: ServiceContext,
  input: TrainingOptionsInput,
  { foreground = false }: { readonly foreground?: boolean } = {},
): Promise<TrainingRunView> {
  requirePermission(ctx.actor, "model:train");
  const options = TrainingOptions.safeParse(input);
  if (!options.success) {
    const issue = options.error.issues[0];
    throw new ServiceError("invalid", `${issue?.path.join(".") ?? "options"}: ${issue?.message ?? "wrong"}`);
  }
  const now = ctx.now();
  await failOrphanedRuns(ctx.db, now); // a run that died must not block this one
  const started = { status: "running", stage: "starting", startedAt: now, heartbeatAt: now };
  const data = {
    ...(foreground ? started : {}),
    requestedById: ctx.actor.kind === "user" ? actorId(ctx.actor) : null,
    requestedAt: now,
    options: options.data,
  };
  try {
    return await inTransaction(ctx, async (tx) => {
      const run = await tx.trainingRun.create({ data, include: withNames });
      await recordAudit(tx, ctx, {
        action: "training.request",
        subjectType: "training_run",
        subjectId: run.id,
        after: options.data,
      });
      return trainingRunView(run);
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new ServiceError("conflict", "A training is under way already; wait for it or cancel it.", {
      cause: error,
    });
  }
}
