import { requirePermission } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";

/** Most decisions with hits that are counted, so that a rule which hits everything cannot slow the page. */
const MOST = 20_000;
const DAY_MS = 86_400_000;

export type RuleHits = {
  /** hits by rule id; also list entries by theirs */
  readonly hits: Readonly<Record<string, number>>;
  /** true: there were more, and only the newest were counted */
  readonly capped: boolean;
};

/** How often each rule hit in the last 24 hours, from the index of decisions with hits. @throws ServiceError "forbidden" */
export async function countHits(ctx: ServiceContext): Promise<RuleHits> {
  requirePermission(ctx.actor, "rule:read");
  const since = new Date(ctx.now().getTime() - DAY_MS);
  const rows = await ctx.db.$queryRaw<{ id: string; hits: number; looked: number }[]>`
    with recent as (
      select rules from decision where rules <> '[]'::jsonb and scored_at >= ${since}
      order by scored_at desc limit ${MOST + 1}
    )
    select hit->>'id' as id, count(*)::int as hits, (select count(*)::int from recent) as looked
    from recent, jsonb_array_elements(recent.rules) as hit group by 1`;
  return {
    hits: Object.fromEntries(rows.map(({ id, hits }) => [id, hits])),
    capped: (rows[0]?.looked ?? 0) > MOST,
  };
}
