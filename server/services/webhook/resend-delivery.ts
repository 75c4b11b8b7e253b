import { z } from "zod";
import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";

export const ResendInput = z.strictObject({ deliveryId: z.string().min(1) });
export type ResendInput = z.infer<typeof ResendInput>;

/**
 * Sends again what arrived or was given up, with all its attempts.
 * @throws ServiceError "forbidden", "not_found" or "conflict" (under way, or its endpoint is disabled)
 */
export async function resendDelivery(
  ctx: ServiceContext,
  { deliveryId }: ResendInput,
): Promise<{ status: "pending" }> {
  requirePermission(ctx.actor, "key:manage");
  return inTransaction(ctx, async (tx) => {
    const before = await tx.webhookDelivery.findUnique({
      where: { id: deliveryId },
      include: { endpoint: { select: { disabledAt: true } } },
    });
    if (before === null) throw new ServiceError("not_found", "There is no such delivery.");
    if (before.endpoint.disabledAt !== null) {
      throw new ServiceError("conflict", "Its endpoint is disabled. Enable it first.");
    }
    const { count } = await tx.webhookDelivery.updateMany({
      where: { id: deliveryId, status: { not: "pending" } },
      data: { status: "pending", attempts: 0, nextAttemptAt: ctx.now(), endedAt: null },
    });
    if (count === 0) throw new ServiceError("conflict", "It is on its way already.");
    const told = { eventId: before.eventId, endpointId: before.endpointId };
    await recordAudit(tx, ctx, {
      action: "webhook.resend",
      subjectType: "webhook_delivery",
      subjectId: deliveryId,
      before: { ...told, status: before.status, attempts: before.attempts },
      after: { ...told, status: "pending", attempts: 0 },
    });
    return { status: "pending" };
  });
}
