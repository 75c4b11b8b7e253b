import { z } from "zod";
import { actorId } from "#server/domain/actor.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { changeAlert } from "./change-alert.ts";
import type { AlertView } from "./view.ts";

export const AlertRef = z.strictObject({ alertId: z.string().min(1) });
export type AlertRef = z.infer<typeof AlertRef>;

/** Somebody looks after it. @throws ServiceError "forbidden", "not_found" or "conflict" (no longer open) */
export function acknowledgeAlert(ctx: ServiceContext, { alertId }: AlertRef): Promise<AlertView> {
  return changeAlert(ctx, {
    alertId,
    action: "alert.acknowledge",
    where: { acknowledgedAt: null, resolvedAt: null },
    data: { acknowledgedAt: ctx.now(), acknowledgedById: actorId(ctx.actor) },
    conflict: "This alert was acknowledged or resolved already.",
  });
}
