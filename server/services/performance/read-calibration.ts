import { type BrierParts, brierParts } from "#ml/calibration/brier-parts.ts";
import {
  brierScore,
  type CalibrationBin,
  equalMassBins,
  expectedCalibrationError,
} from "#ml/calibration/calibration-scores.ts";
import { type Interval, wilsonInterval } from "#ml/evaluation/wilson-interval.ts";
import { type AnalysisWindow, MIN_LABELLED_FRAUDS } from "#server/domain/analysis-window.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { classifyRows, rowClass } from "#server/services/analysis/classify-rows.ts";
import { type AnalysisRows, readRows } from "#server/services/analysis/index.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { mondayOf } from "./monday.ts";
import { resolveWindow } from "./resolve-window.ts";

export type CalibrationMeasures = {
  readonly rows: number;
  readonly frauds: number;
  /** what the scores promise, and what came: shares of the known payments */
  readonly meanScore: number | null;
  readonly fraudRate: number | null;
  readonly fraudRateInterval: Interval | null;
  readonly ece: number | null;
  readonly brier: number | null;
  readonly parts: BrierParts | null;
};

export type CalibrationView = CalibrationMeasures & {
  readonly bins: readonly (CalibrationBin & { readonly interval: Interval | null })[];
  /** by week of payment, from Monday; measures are null under the floor of frauds */
  readonly weeks: readonly (CalibrationMeasures & { readonly from: string })[];
};

const BINS = 20;

/**
 * How well scores mean what they say, on the window's payments whose truth is known: bins of about equal mass with 95 %
 * Wilson intervals of their fraud rates, the expected calibration error on them, and the Brier score in its parts. Null
 * when nothing has been scored. Same refusals as readPerformance.
 */
export async function readCalibration(
  ctx: ServiceContext,
  asked: AnalysisWindow,
): Promise<CalibrationView | null> {
  requirePermission(ctx.actor, "analytics:read");
  const window = await resolveWindow(ctx.db, ctx.now(), asked);
  if (window === null) return null;
  const rows = await readRows(ctx.db, window);
  const known = knownRows(rows, classifyRows(rows, window));
  const bins = equalMassBins(known.scores, known.labels, BINS).map((bin) => ({
    ...bin,
    interval: wilsonInterval(Math.round(bin.count * (bin.eventRate ?? 0)), bin.count),
  }));
  return { ...measuresOf(known, 1), bins, weeks: weeksOf(known) };
}

type Known = { readonly scores: Float64Array; readonly labels: Uint8Array; readonly dayMs: Float64Array };

function knownRows({ rows, columns, dayMs }: AnalysisRows, classes: Uint8Array): Known {
  const known = {
    scores: new Float64Array(rows),
    labels: new Uint8Array(rows),
    dayMs: new Float64Array(rows),
  };
  let n = 0;
  for (let i = 0; i < rows; i++) {
    const kind = classes[i] as number;
    if (kind !== rowClass.fraud && kind !== rowClass.legitimate) continue;
    known.scores[n] = columns.score[i] as number;
    known.labels[n] = kind === rowClass.fraud ? 1 : 0;
    known.dayMs[n] = dayMs[i] as number;
    n++;
  }
  return slice(known, 0, n);
}

function slice({ scores, labels, dayMs }: Known, from: number, to: number): Known {
  return {
    scores: scores.subarray(from, to),
    labels: labels.subarray(from, to),
    dayMs: dayMs.subarray(from, to),
  };
}

function measuresOf({ scores, labels }: Known, floor: number): CalibrationMeasures {
  const rows = scores.length;
  const frauds = labels.reduce((sum, label) => sum + label, 0);
  const counted = {
    rows,
    frauds,
    meanScore: rows === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / rows,
    fraudRate: rows === 0 ? null : frauds / rows,
    fraudRateInterval: wilsonInterval(frauds, rows),
  };
  if (frauds < floor) return { ...counted, ece: null, brier: null, parts: null };
  const bins = equalMassBins(scores, labels, BINS);
  const brier = brierScore(scores, labels);
  return { ...counted, ece: expectedCalibrationError(bins), brier, parts: brierParts(bins, brier) };
}

/** Rows come by day, so a week is a stretch of them. */
function weeksOf(known: Known): CalibrationView["weeks"] {
  const weeks: (CalibrationMeasures & { from: string })[] = [];
  const { dayMs } = known;
  for (let from = 0; from < dayMs.length; ) {
    const monday = mondayOf(dayMs[from] as number);
    let to = from;
    while (to < dayMs.length && mondayOf(dayMs[to] as number) === monday) to++;
    const week = measuresOf(slice(known, from, to), MIN_LABELLED_FRAUDS);
    weeks.push({ ...week, from: new Date(monday).toISOString().slice(0, 10) });
    from = to;
  }
  return weeks;
}
