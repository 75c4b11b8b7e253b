import { z } from "zod";
import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { ROTATION_OVERLAP_HOURS } from "#server/domain/webhook.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import type { CreatedEndpoint } from "./create-endpoint.ts";
import { newSecret } from "./secret.ts";
import { auditedEndpoint, endpointView } from "./view.ts";

export const RotateSecretInput = z.strictObject({ endpointId: z.string().min(1), version: z.int().min(1) });
export type RotateSecretInput = z.infer<typeof RotateSecretInput>;

const HOUR_MS = 3_600_000;

/**
 * Gives a webhook a new secret; the one before signs as well for a day.
 * @throws ServiceError "forbidden", "not_found", "invalid" (not signed) or "conflict" (changed since it was read)
 */
export async function rotateSecret(
  ctx: ServiceContext,
  { endpointId, version }: RotateSecretInput,
): Promise<CreatedEndpoint> {
  requirePermission(ctx.actor, "key:manage");
  const secret = newSecret();
  return inTransaction(ctx, async (tx) => {
    const before = await tx.webhookEndpoint.findUnique({ where: { id: endpointId } });
    if (before === null) throw new ServiceError("not_found", "There is no such endpoint.");
    if (before.kind !== "webhook") throw new ServiceError("invalid", "Only webhooks are signed.");
    const { count } = await tx.webhookEndpoint.updateMany({
      where: { id: endpointId, version },
      data: {
        secret,
        previousSecret: before.secret,
        previousSecretUntil: new Date(ctx.now().getTime() + ROTATION_OVERLAP_HOURS * HOUR_MS),
        version: { increment: 1 },
      },
    });
    if (count === 0) throw new ServiceError("conflict", "This endpoint was changed since you read it.");
    const endpoint = endpointView(await tx.webhookEndpoint.findUniqueOrThrow({ where: { id: endpointId } }));
    await recordAudit(tx, ctx, {
      action: "webhook.rotate",
      subjectType: "webhook",
      subjectId: endpointId,
      before: auditedEndpoint(endpointView(before)),
      after: auditedEndpoint(endpoint),
    });
    return { endpoint, secret };
  });
}
