import { z } from "zod";
import { requirePermission } from "#server/domain/permission.ts";
import { GENERAL_QUEUE_ID } from "#server/domain/queue.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { findQueue, lockQueues, queueConflict } from "./find-queue.ts";
import type { QueueView } from "./view.ts";

export const ArchiveQueueInput = z.strictObject({ queueId: z.string().min(1).max(128), version: z.int() });
export type ArchiveQueueInput = z.infer<typeof ArchiveQueueInput>;

/**
 * Ends a queue. The worker routes its open cases again within moments, and those that are reopened later.
 * @throws ServiceError "forbidden", "invalid" (General), "not_found", or "conflict" (changed or archived already)
 */
export async function archiveQueue(ctx: ServiceContext, input: ArchiveQueueInput): Promise<QueueView> {
  requirePermission(ctx.actor, "queue:write");
  const { queueId, version } = input;
  if (queueId === GENERAL_QUEUE_ID) {
    throw new ServiceError("invalid", "General takes what no other queue does; it can't be archived.");
  }
  return inTransaction(ctx, async (tx) => {
    await lockQueues(tx);
    const before = await findQueue(tx, queueId, ctx.now());
    const { count } = await tx.queue.updateMany({
      where: { id: queueId, version, archivedAt: null },
      data: { archivedAt: ctx.now(), version: { increment: 1 } },
    });
    if (count === 0) throw queueConflict(before);
    const after = await findQueue(tx, queueId, ctx.now());
    const subject = { subjectType: "queue", subjectId: queueId };
    await recordAudit(tx, ctx, { action: "queue.archive", ...subject, before, after });
    return after;
  });
}
