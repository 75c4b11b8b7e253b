import { z } from "zod";
import { requirePermission } from "#server/domain/permission.ts";
import { DeliveryStatus, EndpointKind } from "#server/domain/webhook.ts";
import type { ServiceContext } from "#server/services/context.ts";

export const ListDeliveriesInput = z.object({
  endpointId: z.string().min(1).nullish(),
  limit: z.int().min(1).max(100).default(25),
  /** the delivery after which to go on */
  cursor: z.string().min(1).nullish(),
});
export type ListDeliveriesInput = z.infer<typeof ListDeliveriesInput>;

export const DeliveryView = z.object({
  id: z.string(),
  endpointId: z.string(),
  kind: EndpointKind,
  target: z.string(),
  eventType: z.string(),
  status: DeliveryStatus,
  attempts: z.int(),
  responseCode: z.int().nullable(),
  error: z.string().nullable(),
  /** ISO 8601 UTC */
  createdAt: z.string(),
  lastAttemptAt: z.string().nullable(),
  /** null when it ended */
  nextAttemptAt: z.string().nullable(),
});
export type DeliveryView = z.infer<typeof DeliveryView>;

/** What was sent lately, newest first, a page at a time. @throws ServiceError "forbidden" */
export async function listDeliveries(
  ctx: ServiceContext,
  { endpointId, limit, cursor }: ListDeliveriesInput,
): Promise<{ rows: DeliveryView[]; nextCursor: string | null }> {
  requirePermission(ctx.actor, "key:manage");
  const found = await ctx.db.webhookDelivery.findMany({
    where: endpointId == null ? {} : { endpointId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit + 1,
    ...(cursor == null ? {} : { cursor: { id: cursor }, skip: 1 }),
    include: { event: { select: { type: true } }, endpoint: { select: { kind: true, target: true } } },
  });
  const shown = found.slice(0, limit);
  const rows = shown.map((row) => ({
    id: row.id,
    endpointId: row.endpointId,
    kind: EndpointKind.parse(row.endpoint.kind),
    target: row.endpoint.target,
    eventType: row.event.type,
    status: DeliveryStatus.parse(row.status),
    attempts: row.attempts,
    responseCode: row.responseCode,
    error: row.error,
    createdAt: row.createdAt.toISOString(),
    lastAttemptAt: row.lastAttemptAt?.toISOString() ?? null,
    nextAttemptAt: row.endedAt === null ? row.nextAttemptAt.toISOString() : null,
  }));
  return { rows, nextCursor: found.length > limit ? (shown.at(-1)?.id ?? null) : null };
}
