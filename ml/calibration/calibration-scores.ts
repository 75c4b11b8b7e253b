import { checkRows } from "#ml/evaluation/ranked-counts.ts";
import { quantiles } from "#ml/math/quantile.ts";
import { binOf } from "#ml/monitoring/quantile-bins.ts";

/** One bar of a reliability diagram; its means are null when the bin is empty. */
export type CalibrationBin = {
  readonly count: number;
  readonly meanScore: number | null;
  readonly eventRate: number | null;
};

const CLIP = 1e-15;

/** Mean squared difference of probability and label. Null without rows. O(n). */
export function brierScore(scores: ArrayLike<number>, labels: ArrayLike<number>): number | null {
  return meanOver(scores, labels, (p, y) => (p - y) ** 2);
}

/** Share of the Brier score of the constant base rate that the scores remove; null when a class is absent. O(n). */
export function brierSkill(scores: ArrayLike<number>, labels: ArrayLike<number>): number | null {
  const brier = brierScore(scores, labels);
  const rate = meanOver(scores, labels, (_, y) => y);
  if (brier === null || rate === null || rate === 0 || rate === 1) return null;
  return 1 - brier / (rate * (1 - rate));
}

/** Mean negative log-likelihood, probabilities clipped to [1e-15, 1 - 1e-15]. Null without rows. O(n). */
export function logLoss(scores: ArrayLike<number>, labels: ArrayLike<number>): number | null {
  return meanOver(scores, labels, (p, y) => {
    const clipped = Math.min(Math.max(p, CLIP), 1 - CLIP);
    return -(y * Math.log(clipped) + (1 - y) * Math.log(1 - clipped));
  });
}

/** Reliability bins of equal width over [0, 1]: bin = min(bins - 1, floor(p bins)). O(n). */
export function equalWidthBins(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  bins: number,
): CalibrationBin[] {
  return binned(scores, labels, bins, (p) => Math.max(0, Math.min(bins - 1, Math.floor(p * bins))));
}

/**
 * Reliability bins of about equal mass: cuts at the scores' type 7 quantiles j / bins, duplicates removed; a score's
 * bin is the number of cuts strictly below it. O(n log n).
 */
export function equalMassBins(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  bins: number,
): CalibrationBin[] {
  const shares = Array.from({ length: bins - 1 }, (_, j) => (j + 1) / bins);
  const cuts = [...new Set(quantiles(scores, shares) ?? [])];
  return binned(scores, labels, cuts.length + 1, (p) => binOf(cuts, p));
}

/** Expected calibration error: the mean gap of score and event rate, bins weighing by their rows. Null without rows. */
export function expectedCalibrationError(bins: readonly CalibrationBin[]): number | null {
  const rows = bins.reduce((sum, bin) => sum + bin.count, 0);
  if (rows === 0) return null;
  return bins.reduce((sum, bin) => sum + (bin.count / rows) * gapOf(bin), 0);
}

/** Maximum calibration error: the largest gap of a bin that holds rows. Null without rows. */
export function maximumCalibrationError(bins: readonly CalibrationBin[]): number | null {
  const gaps = bins.filter((bin) => bin.count > 0).map(gapOf);
  return gaps.length === 0 ? null : Math.max(...gaps);
}

function gapOf({ meanScore, eventRate }: CalibrationBin): number {
  return meanScore === null || eventRate === null ? 0 : Math.abs(meanScore - eventRate);
}

function binned(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  bins: number,
  binAt: (score: number) => number,
): CalibrationBin[] {
  checkRows(scores, labels);
  const sums = Array.from({ length: bins }, () => ({ count: 0, scores: 0, events: 0 }));
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i] as number;
    const sum = sums[binAt(score)];
    if (sum === undefined) throw new RangeError(`score ${i} is ${score}, which has no bin`);
    sum.count++;
    sum.scores += score;
    sum.events += labels[i] as number;
  }
  return sums.map(({ count, scores: total, events }) => ({
    count,
    meanScore: count === 0 ? null : total / count,
    eventRate: count === 0 ? null : events / count,
  }));
}

function meanOver(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  term: (score: number, label: number) => number,
): number | null {
  checkRows(scores, labels);
  if (scores.length === 0) return null;
  let sum = 0;
  for (let i = 0; i < scores.length; i++) sum += term(scores[i] as number, labels[i] as number);
  return sum / scores.length;
}
