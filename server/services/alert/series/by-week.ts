import { wilsonInterval } from "#ml/evaluation/wilson-interval.ts";
import type { Database } from "#server/db/client.ts";
import type { SeriesPoint } from "#server/domain/alert.ts";
import { MAX_WINDOW_DAYS } from "#server/domain/analysis-window.ts";
import { DAY_MS } from "#server/domain/day.ts";
import { readOverTime } from "#server/services/performance/index.ts";
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

type Served = { readonly tp: number; readonly fp: number; readonly fn: number };

/** Weeks whose disputes are over, within the longest window that the performance page reads. */
function realised(part: (served: Served) => { hits: number; of: number }): SeriesReader {
  return async (db, { now, points }) => {
    const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
    const window = {
      preset: "custom",
      from: iso(now.getTime() - (MAX_WINDOW_DAYS - 1) * DAY_MS),
      to: iso(now.getTime()),
      basis: "mature",
      version: "auto",
    } as const;
    const actor = { kind: "job", name: "alerts" } as const;
    const { periods } = await readOverTime({ db, now: () => now, actor }, { ...window, threshold: 1 });
    const weeks = periods.map(({ from, served }) => shareOf(from, part(served)));
    return weeks.filter(({ sample }) => sample > 0).slice(-points);
  };
}

function shareOf(from: string, { hits, of }: { hits: number; of: number }): SeriesPoint {
  const interval = wilsonInterval(hits, of);
  return {
    at: `${from}T00:00:00.000Z`,
    value: of === 0 ? null : hits / of,
    lower: interval?.lower ?? null,
    upper: interval?.upper ?? null,
    sample: of,
  };
}

export const realisedRecall = realised(({ tp, fn }) => ({ hits: tp, of: tp + fn }));
export const realisedPrecision = realised(({ tp, fp }) => ({ hits: tp, of: tp + fp }));
