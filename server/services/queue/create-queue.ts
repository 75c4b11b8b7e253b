import { isUniqueViolation } from "#server/db/unique-violation.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { GENERAL_QUEUE_ID } from "#server/domain/queue.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { findQueue, lockQueues, nameTaken } from "./find-queue.ts";
import { checkFields, type QueueFields } from "./queue-fields.ts";
import type { QueueView } from "./view.ts";

/**
 * Makes a queue, tried after all others but General. It takes cases that are routed from now on; those in other
 * queues stay there.
 * @throws ServiceError "forbidden", "invalid", or "conflict" (the name is taken)
 */
export async function createQueue(ctx: ServiceContext, input: QueueFields): Promise<QueueView> {
  requirePermission(ctx.actor, "queue:write");
  const { memberIds, ...fields } = input;
  try {
    return await inTransaction(ctx, async (tx) => {
      await lockQueues(tx);
      await checkFields(tx, input);
      const last = await tx.queue.aggregate({
        where: { id: { not: GENERAL_QUEUE_ID } },
        _max: { position: true },
      });
      const members = { create: [...new Set(memberIds)].map((userId) => ({ userId })) };
      const position = (last._max.position ?? 0) + 1;
      const { id } = await tx.queue.create({
        data: { ...fields, position, members, createdAt: ctx.now() },
      });
      const after = await findQueue(tx, id, ctx.now());
      await recordAudit(tx, ctx, { action: "queue.create", subjectType: "queue", subjectId: id, after });
      return after;
    });
  } catch (error) {
    throw isUniqueViolation(error) ? nameTaken(fields.name, error) : error;
  }
}
