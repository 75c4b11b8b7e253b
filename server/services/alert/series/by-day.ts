import { wilsonInterval } from "#ml/evaluation/wilson-interval.ts";
import type { Database } from "#server/db/client.ts";
import type { SeriesPoint } from "#server/domain/alert.ts";
import { DAY_MS } from "#server/domain/day.ts";
import { type Asked, exactPoint, type SeriesReader } from "./reader.ts";

type Day = { at: Date; decisions: number; reviewed: number; declined: number; failed: number };

/** Closed days from the counts by day; days without a decision are there too, once there was a first one. */
async function decisionDays(db: Database, { now, points }: Asked): Promise<Day[]> {
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  const from = new Date(today - points * DAY_MS);
  const rows = await db.$queryRaw<Day[]>`
    select day::timestamptz as at, sum(decisions)::float8 as decisions,
      coalesce(sum(decisions) filter (where outcome = 'review'), 0)::float8 as reviewed,
      coalesce(sum(decisions) filter (where outcome = 'decline'), 0)::float8 as declined,
      coalesce(sum(decisions) filter (where model_version_id = 'none'), 0)::float8 as failed
    from decision_day where day >= ${from.toISOString()}::date and day < ${new Date(today).toISOString()}::date
    group by day`;
  const earliest = await db.decisionDay.findFirst({ orderBy: { day: "asc" }, select: { day: true } });
  if (earliest === null) return [];
  const known = new Map(rows.map((row) => [row.at.getTime(), row]));
  const begin = Math.max(from.getTime(), earliest.day.getTime());
  const count = Math.max(0, Math.round((today - begin) / DAY_MS));
  return Array.from({ length: count }, (_, day) => {
    const at = begin + day * DAY_MS;
    return known.get(at) ?? { at: new Date(at), decisions: 0, reviewed: 0, declined: 0, failed: 0 };
  });
}

function shareOf(part: (day: Day) => number): SeriesReader {
  return async (db, asked) =>
    (await decisionDays(db, asked)).map((day): SeriesPoint => {
      const [hits, sample] = [part(day), day.decisions];
      const interval = wilsonInterval(hits, sample);
      return {
        at: day.at.toISOString(),
        value: sample === 0 ? null : hits / sample,
        lower: interval?.lower ?? null,
        upper: interval?.upper ?? null,
        sample,
      };
    });
}

export const reviewShare = shareOf(({ reviewed }) => reviewed);
export const declineShare = shareOf(({ declined }) => declined);
export const failedShare = shareOf(({ failed }) => failed);

export const scoredPayments: SeriesReader = async (db, asked) =>
  (await decisionDays(db, asked)).map(({ at, decisions }) => exactPoint(at, decisions, decisions));

/** Today counts too: a guardrail that breaks should not wait for midnight. */
export const guardrailBreaches: SeriesReader = async (db, { now, points }) => {
  const first = Math.floor(now.getTime() / DAY_MS) * DAY_MS - (points - 1) * DAY_MS;
  const breaches = await db.guardrailBreach.findMany({
    where: { at: { gte: new Date(first), lte: now } },
    select: { at: true },
    take: 1_000,
  });
  return Array.from({ length: points }, (_, day) => {
    const [from, to] = [first + day * DAY_MS, first + (day + 1) * DAY_MS];
    const count = breaches.filter(({ at }) => at.getTime() >= from && at.getTime() < to).length;
    return exactPoint(new Date(from), count, count);
  });
};
