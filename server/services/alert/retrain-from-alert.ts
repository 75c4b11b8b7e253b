import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { requestRetraining } from "#server/services/retraining/index.ts";
import type { AlertRef } from "./acknowledge-alert.ts";

/**
 * Asks for a training because of an alert; it starts as soon as none is under way.
 * @throws ServiceError "forbidden", "not_found" or "conflict" (alerts may not ask, or one is asked for already)
 */
export async function retrainFromAlert(ctx: ServiceContext, { alertId }: AlertRef): Promise<{ asked: true }> {
  requirePermission(ctx.actor, "model:train");
  const alert = await ctx.db.alert.findUnique({ where: { id: alertId } });
  if (alert === null) throw new ServiceError("not_found", "There is no such alert.");
  const asked = await requestRetraining(
    ctx,
    `Alert ${alert.number}, ${alert.title}: ${alert.says}`.slice(0, 500),
  );
  if (asked === "off") {
    throw new ServiceError(
      "conflict",
      "The settings of retraining on the Models page let no alert ask for one.",
    );
  }
  if (asked === "waiting") throw new ServiceError("conflict", "A training is asked for already.");
  return { asked: true };
}
