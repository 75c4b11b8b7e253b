import { z } from "zod";
import type { Tx } from "#server/db/client.ts";
import { isUniqueViolation } from "#server/db/unique-violation.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { findQueue, lockQueues, nameTaken, queueConflict } from "./find-queue.ts";
import { checkFields, QueueFields } from "./queue-fields.ts";
import type { QueueView } from "./view.ts";

export const UpdateQueueInput = QueueFields.extend({
  queueId: z.string().min(1).max(128),
  /** of the queue as it was seen */
  version: z.int(),
});
export type UpdateQueueInput = z.infer<typeof UpdateQueueInput>;

/**
 * Changes a queue, its members included. What it routes and promises counts for cases that are routed from now on:
 * a promise once made to a case is kept.
 * @throws ServiceError "forbidden", "invalid", "not_found", or "conflict" (changed or archived; the name is taken)
 */
export async function updateQueue(ctx: ServiceContext, input: UpdateQueueInput): Promise<QueueView> {
  requirePermission(ctx.actor, "queue:write");
  const { queueId, version, memberIds, ...fields } = input;
  try {
    return await inTransaction(ctx, async (tx) => {
      await lockQueues(tx);
      const before = await findQueue(tx, queueId, ctx.now());
      await checkFields(tx, { ...fields, memberIds }, queueId);
      const { count } = await tx.queue.updateMany({
        where: { id: queueId, version, archivedAt: null },
        data: { ...fields, version: { increment: 1 } },
      });
      if (count === 0) throw queueConflict(before);
      await setMembers(tx, queueId, memberIds);
      const after = await findQueue(tx, queueId, ctx.now());
      const subject = { subjectType: "queue", subjectId: queueId };
      await recordAudit(tx, ctx, { action: "queue.update", ...subject, before, after });
      return after;
    });
  } catch (error) {
    throw isUniqueViolation(error) ? nameTaken(fields.name, error) : error;
  }
}

/** Whoever leaves keeps the cases that are theirs. */
async function setMembers(tx: Tx, queueId: string, memberIds: readonly string[]): Promise<void> {
  await tx.queueMember.deleteMany({ where: { queueId, userId: { notIn: [...memberIds] } } });
  const data = memberIds.map((userId) => ({ queueId, userId }));
  await tx.queueMember.createMany({ data, skipDuplicates: true });
}
