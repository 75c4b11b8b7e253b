import { inTransaction, type ServiceContext } from "#server/services/context.ts";

/**
 * Puts up to `limit` open cases of archived queues back to where routing finds them; returns how many. Those that
 * are reopened after their queue went are found in the same way.
 */
export async function rerouteArchived(ctx: ServiceContext, limit: number): Promise<number> {
  const archived = await ctx.db.queue.findMany({
    where: { archivedAt: { not: null } },
    select: { id: true },
  });
  if (archived.length === 0) return 0;
  const ids = archived.map(({ id }) => id);
  return inTransaction(ctx, async (tx) => {
    return tx.$executeRaw`
      with found as materialized (
        select id from "case" where status = 'open' and queue_id = any(${ids}::text[])
        limit ${limit} for no key update skip locked)
      update "case" c set queue_id = null, routed_at = null from found where c.id = found.id`;
  });
}
