import { actorId } from "#server/domain/actor.ts";
import type { ServiceContext } from "#server/services/context.ts";
import type { AlertRef } from "./acknowledge-alert.ts";
import { changeAlert } from "./change-alert.ts";
import type { AlertView } from "./view.ts";

/** It is over; the rule's cool-down begins. @throws ServiceError "forbidden", "not_found" or "conflict" (resolved) */
export function resolveAlert(ctx: ServiceContext, { alertId }: AlertRef): Promise<AlertView> {
  return changeAlert(ctx, {
    alertId,
    action: "alert.resolve",
    where: { resolvedAt: null },
    data: { resolvedAt: ctx.now(), resolvedById: actorId(ctx.actor) },
    conflict: "This alert is resolved already.",
  });
}
