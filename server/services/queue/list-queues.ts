import { Prisma } from "#server/db/generated/client.ts";
import { requirePermission } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { type QueueView, queueInclude, queueView } from "./view.ts";

/** Counting stops here; a page says "10,000+". */
const COUNT_LIMIT = 10_000;

export type QueueWork = {
  /** open cases, those put off and held included */
  readonly open: number;
  /** of these, how many are nobody's by assignment and not held */
  readonly unassigned: number;
  /** past the time by which a verdict was promised */
  readonly overdue: number;
  /** promised within the hour */
  readonly dueSoon: number;
};

export type QueueList = {
  /** a count that reaches this stands for "this many or more" */
  readonly limit: number;
  /** cases that wait to be routed */
  readonly unrouted: number;
  /** in the order in which they are tried */
  readonly queues: readonly (QueueView & { readonly work: QueueWork })[];
};

/** The queues that are not archived, with what lies in them now. Each count stops at 10,000. @throws ServiceError "forbidden" */
export async function listQueues(ctx: ServiceContext): Promise<QueueList> {
  requirePermission(ctx.actor, "case:read");
  const stored = await ctx.db.queue.findMany({
    where: { archivedAt: null },
    orderBy: [{ position: "asc" }, { id: "asc" }],
    include: queueInclude,
  });
  const ids = stored.map(({ id }) => id);
  const now = Prisma.sql`${ctx.now().toISOString()}::timestamptz`;
  const [open, unassigned, overdue, dueSoon, [waiting]] = await Promise.all([
    countOpen(ctx, ids, Prisma.empty),
    countOpen(ctx, ids, Prisma.sql`and c.owner_id is null and c.held_at is null`),
    countOpen(ctx, ids, Prisma.sql`and c.due_at <= ${now}`),
    countOpen(ctx, ids, Prisma.sql`and c.due_at > ${now} and c.due_at <= ${now} + interval '1 hour'`),
    countUnrouted(ctx),
  ]);
  const queues = stored.map((queue) => ({
    ...queueView(queue, ctx.now()),
    work: {
      open: open.get(queue.id) ?? 0,
      unassigned: unassigned.get(queue.id) ?? 0,
      overdue: overdue.get(queue.id) ?? 0,
      dueSoon: dueSoon.get(queue.id) ?? 0,
    },
  }));
  return { limit: COUNT_LIMIT, unrouted: waiting?.unrouted ?? 0, queues };
}

/** How many open cases of each queue are such, read from a partial index alone. */
async function countOpen(
  ctx: ServiceContext,
  ids: readonly string[],
  such: Prisma.Sql,
): Promise<Map<string, number>> {
  const rows = await ctx.db.$queryRaw<{ id: string; found: number }[]>`
    select q.id, (select count(*)::int from (
      select from "case" c where c.status = 'open' and c.queue_id = q.id ${such} limit ${COUNT_LIMIT}) n) as found
    from unnest(${ids}::text[]) as q(id)`;
  return new Map(rows.map(({ id, found }) => [id, found]));
}

function countUnrouted(ctx: ServiceContext): Promise<{ unrouted: number }[]> {
  return ctx.db.$queryRaw`
    select count(*)::int as unrouted from (
      select from "case" where status = 'open' and routed_at is null limit ${COUNT_LIMIT}) n`;
}

/** The queues that are not archived by name alone, in their order, for a choice. @throws ServiceError "forbidden" */
export async function queueNames(ctx: ServiceContext): Promise<{ id: string; name: string }[]> {
  requirePermission(ctx.actor, "case:read");
  return ctx.db.queue.findMany({
    where: { archivedAt: null },
    orderBy: [{ position: "asc" }, { id: "asc" }],
    select: { id: true, name: true },
  });
}
