import { Prisma } from "#server/db/generated/client.ts";
import type { AnalysisWindow } from "#server/domain/analysis-window.ts";
import { DAY_MS } from "#server/domain/day.ts";
import { requirePermission } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { classOf, type RowClass, windowFrom } from "./labelled-rows.ts";
import { type ResolvedWindow, resolveWindow } from "./resolve-window.ts";
import { type ServedCounts, servedRates } from "./served.ts";

export type OverTimeInput = AnalysisWindow & { readonly threshold: number };

/** One day or week of payments: the policy as served, and what the threshold would have done. */
export type Period = {
  /** first day, ISO date */
  readonly from: string;
  readonly rows: number;
  readonly waiting: number;
  readonly declined: number;
  /** share of scored payments whose truth is known; null without any */
  readonly knownShare: number | null;
  readonly served: ServedCounts;
  readonly atThreshold: ServedCounts;
};

export type OverTimeView = { readonly unit: "day" | "week"; readonly periods: readonly Period[] };

const LONGEST_BY_DAY = 35;

type Row = { from: string; class: RowClass; alerted: boolean; above: boolean; rows: number };

/**
 * Precision and recall of the window by payment day, or by week (from Monday) when it is longer than 35 days. Days
 * without any payment are left out. Same refusals as readPerformance.
 */
export async function readOverTime(ctx: ServiceContext, asked: OverTimeInput): Promise<OverTimeView> {
  requirePermission(ctx.actor, "analytics:read");
  const window = await resolveWindow(ctx.db, ctx.now(), asked);
  if (window === null) return { unit: "day", periods: [] };
  const unit = window.to.getTime() - window.from.getTime() > LONGEST_BY_DAY * DAY_MS ? "week" : "day";
  const rows = await ctx.db.$queryRaw<Row[]>(countsQuery(window, unit, asked.threshold));
  const periods = [...Map.groupBy(rows, (row) => row.from)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([from, ofPeriod]) => periodOf(from, ofPeriod));
  return { unit, periods };
}

function countsQuery(window: ResolvedWindow, unit: "day" | "week", threshold: number): Prisma.Sql {
  return Prisma.sql`
    with classed as (
      select to_char(date_trunc(${unit}, d.occurred_at at time zone 'UTC'), 'YYYY-MM-DD') as "from",
        ${classOf(window)} as class, d.outcome <> 'approve' as alerted,
        (d.score >= ${String(threshold)}::text::float8) is true as above
      ${windowFrom(window)})
    select "from", class, alerted, above, count(*)::int as rows from classed group by 1, 2, 3, 4`;
}

function periodOf(from: string, rows: readonly Row[]): Period {
  const count = (matches: (row: Row) => boolean): number =>
    rows.reduce((sum, row) => sum + (matches(row) ? row.rows : 0), 0);
  const rates = (alert: (row: Row) => boolean): ServedCounts =>
    servedRates({
      tp: count((row) => row.class === "fraud" && alert(row)),
      fp: count((row) => row.class === "legitimate" && alert(row)),
      fn: count((row) => row.class === "fraud" && !alert(row)),
      tn: count((row) => row.class === "legitimate" && !alert(row)),
    });
  const scored = count((row) => row.class !== "unscored");
  const known = count((row) => row.class === "fraud" || row.class === "legitimate");
  return {
    from,
    rows: count(() => true),
    waiting: count((row) => row.class === "waiting"),
    declined: count((row) => row.class === "declined"),
    knownShare: scored === 0 ? null : known / scored,
    served: rates((row) => row.alerted),
    atThreshold: rates((row) => row.above),
  };
}
