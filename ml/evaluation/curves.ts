import { type RankedCounts, rankedCounts } from "./ranked-counts.ts";

/** One operating point: alert iff score >= threshold. Ratios with nothing to divide by are null. */
export type CurvePoint = {
  readonly threshold: number;
  readonly tp: number;
  readonly fp: number;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly fpr: number | null;
};

/**
 * Precision-recall and ROC points in one: a point per distinct score, highest first, without artificial end points.
 * O(n log n). For charts of large windows pass the result through `thinnedCurve`.
 */
export function curvePoints(scores: ArrayLike<number>, labels: ArrayLike<number>): CurvePoint[] {
  const counts = rankedCounts(scores, labels);
  return Array.from(counts.thresholds, (_, i) => pointAt(counts, i));
}

/**
 * At most `maxPoints` points of a curve for display: the first, the last, and between them those nearest to equal
 * steps along the curve (length measured in recall plus false-positive rate plus precision), so that the steep
 * beginning of a rare class keeps its shape. Points are taken, never averaged.
 * @throws RangeError when maxPoints is under 2.
 */
export function thinnedCurve(points: readonly CurvePoint[], maxPoints: number): CurvePoint[] {
  if (!(maxPoints >= 2)) throw new RangeError("a curve needs at least 2 points");
  if (points.length <= maxPoints) return [...points];
  const travelled = lengthsAlong(points);
  const step = (travelled.at(-1) ?? 0) / (maxPoints - 1);
  let nextStop = 0;
  return points.filter((_, i) => {
    const isEnd = i === 0 || i === points.length - 1;
    if (!isEnd && ((travelled[i] ?? 0) < nextStop || step === 0)) return false;
    nextStop = (Math.floor((travelled[i] ?? 0) / (step || 1)) + 1) * step;
    return true;
  });
}

function pointAt({ thresholds, tp, fp, positives, negatives }: RankedCounts, i: number): CurvePoint {
  const hits = tp[i] ?? 0;
  const falseAlerts = fp[i] ?? 0;
  return {
    threshold: thresholds[i] ?? 0,
    tp: hits,
    fp: falseAlerts,
    precision: hits + falseAlerts === 0 ? null : hits / (hits + falseAlerts),
    recall: positives === 0 ? null : hits / positives,
    fpr: negatives === 0 ? null : falseAlerts / negatives,
  };
}

function lengthsAlong(points: readonly CurvePoint[]): number[] {
  let travelled = 0;
  return points.map((point, i) => {
    const before = points[i - 1] ?? point;
    travelled += Math.abs((point.recall ?? 0) - (before.recall ?? 0));
    travelled += Math.abs((point.fpr ?? 0) - (before.fpr ?? 0));
    travelled += Math.abs((point.precision ?? 0) - (before.precision ?? 0));
    return travelled;
  });
}
