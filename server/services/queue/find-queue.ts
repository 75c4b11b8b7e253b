import type { Tx } from "#server/db/client.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { type QueueView, queueInclude, queueView } from "./view.ts";

/** All changes of queues wait for each other here, so that their order and names stay whole. */
export async function lockQueues(tx: Tx): Promise<void> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtext('assay.queue'))::text`;
}

/** @throws ServiceError "not_found" */
export async function findQueue(tx: Tx, queueId: string, now: Date): Promise<QueueView> {
  const stored = await tx.queue.findUnique({ where: { id: queueId }, include: queueInclude });
  if (stored === null) throw new ServiceError("not_found", "There is no such queue.");
  return queueView(stored, now);
}

/** Why a change of this queue did not go through. */
export function queueConflict(queue: QueueView): ServiceError {
  return new ServiceError(
    "conflict",
    queue.archivedAt === null
      ? `Someone else changed ${queue.name} meanwhile. Look again and repeat.`
      : `${queue.name} was archived meanwhile.`,
  );
}

/** Names stay taken by archived queues, since cases that were closed in them still say them. */
export function nameTaken(name: string, cause: unknown): ServiceError {
  return new ServiceError("conflict", `There is, or was, a queue named ${name}; choose another name.`, {
    cause,
  });
}
