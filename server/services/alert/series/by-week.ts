import type { Database } from "#server/db/client.ts";
import { type Asked, exactPoint, type SeriesReader } from "./reader.ts";

type Week = {
  at: Date;
  rows: number;
  enough: boolean;
  outside: number;
  moved: number;
  recall: number | null;
  cost: number | null;
};

/** The champion's weeks of drift as the job of drift left them; a week under its floor of payments has no value. */
async function driftWeeks(db: Database, { now, points }: Asked): Promise<Week[]> {
  const weeks = await db.$queryRaw<Week[]>`
    select w.week::timestamptz as at, w.rows, coalesce((w.body ->> 'enough')::boolean, false) as enough,
      (select count(*)::int from jsonb_array_elements(w.body -> 'series') s where s ->> 'outside' is not null)
        as outside,
      (select count(*)::int from jsonb_array_elements(w.body -> 'features') f where f ->> 2 = 'true') as moved,
      (w.body -> 'figures' ->> 'estimatedRecall')::float8 as recall,
      (w.body -> 'figures' ->> 'estimatedCost')::float8 as cost
    from drift_window w join model_version m on m.id = w.model_version_id and m.status = 'champion'
    where w.phase <> 'running' and w.week < ${now.toISOString()}::date
    order by w.week desc limit ${points}`;
  return weeks.reverse();
}

function ofWeek(value: (week: Week) => number | null): SeriesReader {
  return async (db, asked) =>
    (await driftWeeks(db, asked)).map((week) =>
      exactPoint(week.at, week.enough ? value(week) : null, week.rows),
    );
}

export const driftOutside = ofWeek(({ outside }) => outside);
export const featuresMoved = ofWeek(({ moved }) => moved);
export const estimatedRecall = ofWeek(({ recall }) => recall);
export const estimatedCost = ofWeek(({ cost }) => cost);
