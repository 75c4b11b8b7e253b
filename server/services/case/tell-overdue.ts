import { inTransaction, type ServiceContext } from "#server/services/context.ts";

type Late = {
  readonly id: string;
  readonly dueAt: Date;
  readonly queueId: string | null;
  readonly queue: string | null;
};

/**
 * Raises an alert for up to `limit` open cases whose promised time has passed, once per case: what was told is kept
 * with the case in the same transaction. Several workers may tell at once. Returns how many it told of.
 */
export async function tellOverdue(ctx: ServiceContext, limit: number): Promise<number> {
  const at = ctx.now();
  const now = at.toISOString();
  return inTransaction(ctx, async (tx) => {
    const late = await tx.$queryRaw<Late[]>`
      with found as materialized (
        select x.id, q.name from "case" x left join queue q on q.id = x.queue_id
        where x.status = 'open' and x.overdue_at is null and x.due_at <= ${now}::timestamptz
        order by x.due_at limit ${limit} for no key update of x skip locked)
      update "case" c set overdue_at = ${now}::timestamptz from found where c.id = found.id
      returning c.id, c.due_at as "dueAt", c.queue_id as "queueId", found.name as queue`;
    if (late.length === 0) return 0;
    await tx.outboxEvent.createMany({
      data: late.map(({ id, dueAt, queueId, queue }) => ({
        at,
        type: "alert.raised",
        payload: {
          kind: "case_overdue",
          caseId: id,
          queue: queueId === null ? null : { id: queueId, name: queue },
          dueAt: dueAt.toISOString(),
        },
      })),
    });
    return late.length;
  });
}
