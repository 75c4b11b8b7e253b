import { z } from "zod";
import { requirePermission } from "#server/domain/permission.ts";
import { GENERAL_QUEUE_ID } from "#server/domain/queue.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { lockQueues } from "./find-queue.ts";

export const ReorderQueuesInput = z.strictObject({
  /** every queue that is not archived, but General, in the order in which they are to be tried */
  queueIds: z.array(z.string().min(1).max(128)).max(1000),
});
export type ReorderQueuesInput = z.infer<typeof ReorderQueuesInput>;

/**
 * Says in which order queues are tried; General stays last.
 * @throws ServiceError "forbidden", or "conflict" when these are not, or no longer, all queues.
 */
export async function reorderQueues(
  ctx: ServiceContext,
  { queueIds }: ReorderQueuesInput,
): Promise<{ queueIds: readonly string[] }> {
  requirePermission(ctx.actor, "queue:write");
  return inTransaction(ctx, async (tx) => {
    await lockQueues(tx);
    const stored = await tx.queue.findMany({
      where: { archivedAt: null, id: { not: GENERAL_QUEUE_ID } },
      orderBy: [{ position: "asc" }, { id: "asc" }],
      select: { id: true },
    });
    const before = stored.map(({ id }) => id);
    if ([...before].sort().join() !== [...queueIds].sort().join()) {
      throw new ServiceError("conflict", "The queues have changed since you looked. Look again and repeat.");
    }
    await tx.$executeRaw`
      update queue q set position = o.place, version = q.version + 1
      from unnest(${queueIds}::text[]) with ordinality as o(id, place)
      where q.id = o.id and q.position <> o.place`;
    await recordAudit(tx, ctx, {
      action: "queue.reorder",
      subjectType: "queue",
      subjectId: "all",
      before,
      after: queueIds,
    });
    return { queueIds };
  });
}
