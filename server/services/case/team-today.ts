import { requirePermission } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { listWorkers } from "#server/services/user/index.ts";

/** What one of the team has in hand, and did since midnight UTC. */
type TeammateToday = {
  readonly id: string;
  readonly name: string;
  readonly away: boolean;
  /** open cases assigned to them, counted up to 10,000 */
  readonly pile: number;
  /** different cases that they took */
  readonly opened: number;
  /** cases that they ended and that are still closed; those joined to another count with it */
  readonly closed: number;
};

type Done = { readonly id: string; readonly opened: number; readonly closed: number };

/**
 * Everybody who works on cases, by name, with what lies with them and what they did today: the day's rows alone are
 * read, by the index of claims and that of closing times.
 * @throws ServiceError "forbidden".
 */
export async function teamToday(ctx: ServiceContext): Promise<TeammateToday[]> {
  requirePermission(ctx.actor, "case:manage");
  const midnight = new Date(ctx.now());
  midnight.setUTCHours(0, 0, 0, 0);
  const since = midnight.toISOString();
  const [workers, done] = await Promise.all([
    listWorkers(ctx),
    ctx.db.$queryRaw<Done[]>`
      select id, sum(opened)::int as opened, sum(closed)::int as closed from (
        select actor_id as id, count(distinct case_id) as opened, 0 as closed from case_event
        where kind = 'claimed' and at >= ${since}::timestamptz and actor_id is not null group by actor_id
        union all
        select closed_by_id, 0, count(*) from "case"
        where closed_at >= ${since}::timestamptz and status = 'closed' and joined_to_id is null
          and closed_by_id is not null group by closed_by_id) today
      group by id`,
  ]);
  const doneBy = new Map(done.map((row) => [row.id, row]));
  return workers.map(({ id, name, away, openCases }) => ({
    ...{ id, name, away, pile: openCases },
    opened: doneBy.get(id)?.opened ?? 0,
    closed: doneBy.get(id)?.closed ?? 0,
  }));
}
