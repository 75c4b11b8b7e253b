import type { AnalysisWindow } from "#server/domain/analysis-window.ts";
import { DAY_MS } from "#server/domain/day.ts";
import { outcomes } from "#server/domain/outcome.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { classifyRows } from "#server/services/analysis/classify-rows.ts";
import { type AnalysisRows, readRows } from "#server/services/analysis/index.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { mondayOf } from "./monday.ts";
import { resolveWindow } from "./resolve-window.ts";
import { type RowClass, rowClasses } from "./row-class.ts";
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
const APPROVE = outcomes.indexOf("approve");

type Counting = { readonly unit: "day" | "week"; readonly threshold: number };
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
  const read = await readRows(ctx.db, window);
  const rows = countRows(read, classifyRows(read, window), { unit, threshold: asked.threshold });
  const periods = [...Map.groupBy(rows, (row) => row.from)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([from, ofPeriod]) => periodOf(from, ofPeriod));
  return { unit, periods };
}

/** Counts the rows of each period by class, by whether the policy stopped or questioned them, and by the threshold. */
function countRows(
  { rows, columns, dayMs }: AnalysisRows,
  classes: Uint8Array,
  { unit, threshold }: Counting,
): Row[] {
  const counts = new Map<number, Row>();
  for (let i = 0; i < rows; i++) {
    const start = unit === "day" ? (dayMs[i] as number) : mondayOf(dayMs[i] as number);
    const alerted = columns.outcome[i] !== APPROVE;
    const above = (columns.score[i] as number) >= threshold;
    const kind = (classes[i] as number) * 4 + (alerted ? 2 : 0) + (above ? 1 : 0);
    const key = (start / DAY_MS) * 20 + kind;
    const known = counts.get(key);
    if (known !== undefined) known.rows++;
    else {
      const from = new Date(start).toISOString().slice(0, 10);
      counts.set(key, {
        from,
        class: rowClasses[classes[i] as number] ?? "unscored",
        alerted,
        above,
        rows: 1,
      });
    }
  }
  return [...counts.values()];
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
