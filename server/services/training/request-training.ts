import { isUniqueViolation } from "#server/db/unique-violation.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { byHand, type TrainingTrigger } from "#server/domain/training-trigger.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { createRun } from "./create-run.ts";
import { TrainingOptions, type TrainingOptionsInput } from "./options.ts";
import { failOrphanedRuns } from "./run-state.ts";
import type { TrainingRunView } from "./view.ts";

type Asking = { readonly foreground?: boolean; readonly trigger?: TrainingTrigger };

/**
 * Asks for a training run; a worker takes it up. With `foreground` the caller runs it at once with `runTraining`.
 * @throws ServiceError "forbidden", "invalid" or "conflict" (one is waiting or running: there is one at a time)
 */
export async function requestTraining(
  ctx: ServiceContext,
  input: TrainingOptionsInput,
  { foreground = false, trigger = byHand }: Asking = {},
): Promise<TrainingRunView> {
  requirePermission(ctx.actor, "model:train");
  const options = TrainingOptions.safeParse(input);
  if (!options.success) {
    const issue = options.error.issues[0];
    throw new ServiceError("invalid", `${issue?.path.join(".") ?? "options"}: ${issue?.message ?? "wrong"}`);
  }
  if (options.data.recalibrates !== null) {
    throw new ServiceError("invalid", "A new calibration is asked for with its reason, not as a training.");
  }
  await failOrphanedRuns(ctx.db, ctx.now()); // a run that died must not block this one
  try {
    return await inTransaction(ctx, (tx) =>
      createRun(tx, ctx, { options: options.data, trigger, foreground }),
    );
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new ServiceError("conflict", "A training is under way already; wait for it or cancel it.", {
      cause: error,
    });
  }
}
