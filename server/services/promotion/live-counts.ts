import type { LiveCounts, LiveDay } from "#ml/promotion/live-guardrails.ts";
import type { Database } from "#server/db/client.ts";
import { DAY_MS } from "#server/domain/day.ts";

/** Newest decisions that are counted; read by the index on their time. */
const MOST = 5_000;
const WEEK_MS = 7 * DAY_MS;

/** Live decisions of a champion since a moment, the newest 5,000. Those that nobody could score count as its own. */
export async function countsSince(
  db: Database,
  { versionId, since }: { readonly versionId: string; readonly since: Date },
): Promise<LiveCounts> {
  const [counts] = await db.$queryRaw<LiveCounts[]>`
    with recent as (
      select outcome, score is null as failed, transaction_id from decision
      where scored_at > ${since} and origin = 'live'
        and (model_version_id = ${versionId} or model_version_id is null)
      order by scored_at desc limit ${MOST})
    select count(*)::int as decisions, count(*) filter (where failed)::int as failed,
      count(*) filter (where outcome = 'review')::int as reviewed,
      count(*) filter (where outcome = 'decline')::int as declined,
      count(e.label) filter (where outcome = 'review')::int as "labelledReviews",
      count(*) filter (where outcome = 'review' and e.label = 'fraud')::int as "fraudReviews"
    from recent left join effective_label e using (transaction_id)`;
  return counts ?? none;
}

/** Decisions of the week before a moment: the newest 5,000, and counts of its days. */
export async function countsBefore(
  db: Database,
  at: Date,
): Promise<{ readonly counts: LiveCounts; readonly days: LiveDay[] }> {
  const from = new Date(at.getTime() - WEEK_MS);
  const [counts] = await db.$queryRaw<LiveCounts[]>`
    with recent as (
      select outcome, score is null as failed, transaction_id from decision
      where scored_at <= ${at} and scored_at > ${from}
      order by scored_at desc limit ${MOST})
    select count(*)::int as decisions, count(*) filter (where failed)::int as failed,
      count(*) filter (where outcome = 'review')::int as reviewed,
      count(*) filter (where outcome = 'decline')::int as declined,
      count(e.label) filter (where outcome = 'review')::int as "labelledReviews",
      count(*) filter (where outcome = 'review' and e.label = 'fraud')::int as "fraudReviews"
    from recent left join effective_label e using (transaction_id)`;
  const days = await db.$queryRaw<LiveDay[]>`
    select sum(decisions)::int as decisions,
      coalesce(sum(decisions) filter (where outcome = 'review'), 0)::int as reviewed,
      coalesce(sum(decisions) filter (where outcome = 'decline'), 0)::int as declined
    from decision_day where day >= ${from}::date and day < ${at}::date group by day order by day`;
  return { counts: counts ?? none, days };
}

const none: LiveCounts = {
  decisions: 0,
  failed: 0,
  reviewed: 0,
  declined: 0,
  labelledReviews: 0,
  fraudReviews: 0,
};
