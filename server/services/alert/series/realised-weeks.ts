import { type WeightedSums, weightedShare } from "#ml/evaluation/weighted-share.ts";
import type { SeriesPoint } from "#server/domain/alert.ts";
import { AnalysisWindow, MAX_WINDOW_DAYS } from "#server/domain/analysis-window.ts";
import { DAY_MS } from "#server/domain/day.ts";
import { outcomes } from "#server/domain/outcome.ts";
import { LIVE } from "#server/services/analysis/block-columns.ts";
import { classifyRows, rowClass } from "#server/services/analysis/classify-rows.ts";
import { DECLINE_TO_REVIEW } from "#server/services/analysis/decided-rows.ts";
import { type AnalysisRows, readRows } from "#server/services/analysis/index.ts";
import { mondayOf } from "#server/services/performance/monday.ts";
import { resolveWindow } from "#server/services/performance/resolve-window.ts";
import type { SeriesReader } from "./reader.ts";

const WEEK_MS = 7 * DAY_MS;
const APPROVE = outcomes.indexOf("approve");
const DECLINE = outcomes.indexOf("decline");

type Measure = "precision" | "recall";
type Sums = { hits: number; total: number; squares: number };

/**
 * Precision or recall of what the policy decided, by week of payment, of weeks whose disputes are all over. Whoever was
 * declined is never known, but for the share that exploration let through: each of those weighs 1 / propensity, so that
 * they stand for all. Payments that exploration alone sent to review count as the approvals that they would have been.
 */
function realised(measure: Measure): SeriesReader {
  return async (db, { now, points }) => {
    const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
    const asked = AnalysisWindow.parse({
      preset: "custom",
      from: iso(now.getTime() - (MAX_WINDOW_DAYS - 1) * DAY_MS),
      to: iso(now.getTime()),
    });
    const window = await resolveWindow(db, now, asked);
    if (window === null) return [];
    const rows = await readRows(db, window);
    const weeks = sumsByWeek(rows, classifyRows(rows, window), measure);
    return [...weeks]
      .filter(([monday, { total }]) => {
        const isWhole = monday >= window.from.getTime() && monday + WEEK_MS <= window.matureBefore.getTime();
        return isWhole && total > 0;
      })
      .sort(([a], [b]) => a - b)
      .map(([monday, sums]) => pointOf(monday, sums))
      .slice(-points);
  };
}

function sumsByWeek(
  { rows, columns, dayMs }: AnalysisRows,
  classes: Uint8Array,
  measure: Measure,
): ReadonlyMap<number, Sums> {
  const weeks = new Map<number, Sums>();
  for (let i = 0; i < rows; i++) {
    const isFraud = classes[i] === rowClass.fraud;
    if (!isFraud && classes[i] !== rowClass.legitimate) continue;
    const isLive = ((columns.flags[i] as number) & LIVE) !== 0;
    if (columns.outcome[i] === DECLINE && isLive) continue;
    const exploration = columns.exploration[i] as number;
    const isThrough = exploration === DECLINE_TO_REVIEW;
    const weight = isThrough ? 1 / (columns.propensity[i] as number) : 1;
    if (!Number.isFinite(weight)) continue;
    const isAlert = isThrough || (columns.outcome[i] !== APPROVE && exploration === 0);
    if (measure === "recall" ? !isFraud : !isAlert) continue;
    const monday = mondayOf(dayMs[i] as number);
    const sums = weeks.get(monday) ?? { hits: 0, total: 0, squares: 0 };
    sums.hits += isFraud && isAlert ? weight : 0;
    sums.total += weight;
    sums.squares += weight ** 2;
    weeks.set(monday, sums);
  }
  return weeks;
}

function pointOf(monday: number, sums: WeightedSums): SeriesPoint {
  const { value, effective, interval } = weightedShare(sums);
  return {
    at: new Date(monday).toISOString(),
    value,
    lower: interval?.lower ?? null,
    upper: interval?.upper ?? null,
    sample: Math.floor(effective),
  };
}

export const realisedRecall = realised("recall");
export const realisedPrecision = realised("precision");
