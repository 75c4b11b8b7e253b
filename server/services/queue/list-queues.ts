import { requirePermission } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { type QueueView, queueInclude, queueView } from "./view.ts";

/** Counting stops here; a page says "10,000+". */
const COUNT_LIMIT = 10_000;
const SOON_MINUTES = 60;

export type QueueWork = {
  /** open cases, those put off and held included */
  readonly open: number;
  /** of these, how many are nobody's by assignment */
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
  const [work, [waiting]] = await Promise.all([countWork(ctx, ids), countUnrouted(ctx)]);
  const queues = stored.map((queue) => ({
    ...queueView(queue, ctx.now()),
    work: work.get(queue.id) ?? { open: 0, unassigned: 0, overdue: 0, dueSoon: 0 },
  }));
  return { limit: COUNT_LIMIT, unrouted: waiting?.unrouted ?? 0, queues };
}

async function countWork(ctx: ServiceContext, ids: readonly string[]): Promise<Map<string, QueueWork>> {
  const now = ctx.now().toISOString();
  const soon = new Date(ctx.now().getTime() + SOON_MINUTES * 60_000).toISOString();
  const rows = await ctx.db.$queryRaw<(QueueWork & { id: string })[]>`
    select q.id,
      (select count(*)::int from (select from "case" c where c.status = 'open' and c.queue_id = q.id
       limit ${COUNT_LIMIT}) n) as open,
      (select count(*)::int from (select from "case" c where c.status = 'open' and c.queue_id = q.id
       and c.owner_id is null limit ${COUNT_LIMIT}) n) as unassigned,
      (select count(*)::int from (select from "case" c where c.status = 'open' and c.queue_id = q.id
       and c.due_at <= ${now}::timestamptz limit ${COUNT_LIMIT}) n) as overdue,
      (select count(*)::int from (select from "case" c where c.status = 'open' and c.queue_id = q.id
       and c.due_at > ${now}::timestamptz and c.due_at <= ${soon}::timestamptz limit ${COUNT_LIMIT}) n) as "dueSoon"
    from unnest(${ids}::text[]) as q(id)`;
  return new Map(rows.map(({ id, ...work }) => [id, work]));
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
