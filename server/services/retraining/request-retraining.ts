import { requirePermission } from "#server/domain/permission.ts";
import { TrainingTrigger } from "#server/domain/training-trigger.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { readRetrainingSettings } from "./read-settings.ts";
import { lockState, remember } from "./state.ts";

export type Requested = "off" | "remembered" | "waiting";

/**
 * An alert of drift or performance asks for a training, which the worker starts as soon as none is under way. "off"
 * where the settings give alerts no say, "waiting" where something asked before and still waits.
 * @throws ServiceError "forbidden"
 */
export async function requestRetraining(ctx: ServiceContext, because: string): Promise<Requested> {
  requirePermission(ctx.actor, "model:train");
  const trigger = TrainingTrigger.parse({ kind: "alert", because });
  return inTransaction(ctx, async (tx) => {
    if (!(await readRetrainingSettings(tx)).onAlert) return "off";
    const at = ctx.now();
    if (!(await remember(tx, await lockState(tx, at), { trigger, at }))) return "waiting";
    await recordAudit(tx, ctx, {
      action: "retraining.ask",
      subjectType: "setting",
      subjectId: "retraining",
      after: trigger,
    });
    return "remembered";
  });
}
