import { z } from "zod";
import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { EndpointKind, EventType } from "#server/domain/webhook.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { checkTarget, type TargetRules } from "./check-target.ts";
import { heardBy } from "./create-endpoint.ts";
import { auditedEndpoint, type EndpointView, endpointView } from "./view.ts";

export const ChangeEndpointInput = z.strictObject({
  endpointId: z.string().min(1),
  version: z.int().min(1),
  target: z.string().min(1).max(2_000).optional(),
  description: z.string().trim().max(200).optional(),
  eventTypes: z.array(EventType).min(1).optional(),
  active: z.boolean().optional(),
});
export type ChangeEndpointInput = z.infer<typeof ChangeEndpointInput>;

/**
 * Changes what is named; `active` disables or enables it. What still waits for a disabled one goes out when it is
 * enabled within days. @throws ServiceError "forbidden", "not_found", "invalid" or "conflict" (changed since it was read)
 */
export async function changeEndpoint(
  ctx: ServiceContext,
  { endpointId, version, target, eventTypes, active, description }: ChangeEndpointInput,
  rules: TargetRules,
): Promise<EndpointView> {
  requirePermission(ctx.actor, "key:manage");
  return inTransaction(ctx, async (tx) => {
    const row = await tx.webhookEndpoint.findUnique({ where: { id: endpointId } });
    if (row === null) throw new ServiceError("not_found", "There is no such endpoint.");
    const kind = EndpointKind.parse(row.kind);
    const { count } = await tx.webhookEndpoint.updateMany({
      where: { id: endpointId, version },
      data: {
        version: { increment: 1 },
        ...(target === undefined ? {} : { target: checkTarget(kind, target, rules) }),
        ...(eventTypes === undefined ? {} : { eventTypes: heardBy(kind, eventTypes) }),
        ...(description === undefined ? {} : { description }),
        ...(active === true ? { disabledAt: null, disabledBecause: null, failingSince: null } : {}),
        ...(active === false ? { disabledAt: ctx.now(), disabledBecause: `by ${ctx.actor.name}` } : {}),
      },
    });
    if (count === 0) throw new ServiceError("conflict", "This endpoint was changed since you read it.");
    const after = endpointView(await tx.webhookEndpoint.findUniqueOrThrow({ where: { id: endpointId } }));
    await recordAudit(tx, ctx, {
      action: "webhook.change",
      subjectType: "webhook",
      subjectId: endpointId,
      before: auditedEndpoint(endpointView(row)),
      after: auditedEndpoint(after),
    });
    return after;
  });
}
