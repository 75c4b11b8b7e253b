import { type BrierParts, brierParts } from "#ml/calibration/brier-parts.ts";
import { brierScore, equalMassBins, expectedCalibrationError } from "#ml/calibration/calibration-scores.ts";
import { eceByChance } from "#ml/calibration/ece-by-chance.ts";
import { numberedFrom0 } from "#ml/evaluation/drawn-ranking.ts";
import type { Interval } from "#ml/evaluation/wilson-interval.ts";
import { clusteredMean } from "#ml/promotion/clustered-mean.ts";
import { MIN_LABELLED_FRAUDS } from "#server/domain/analysis-window.ts";

/** How well a week's scores meant what they said, on its mature payments whose truth is known. */
export type CohortCalibration = {
  readonly ece: number;
  /** what calibrated scores stay under in 95 of 100 such weeks */
  readonly eceByChance: number;
  readonly brier: number;
  /** 95 %, over resampled customers */
  readonly brierInterval: Interval | null;
  readonly parts: BrierParts;
};

type KnownRows = {
  readonly scores: Float64Array;
  readonly labels: Uint8Array;
  readonly customers: ArrayLike<number>;
};

const BINS = 20;

/** Null under the floor of frauds. O(n (log n + replicates)). */
export function cohortCalibration(
  { scores, labels, customers }: KnownRows,
  { seed, replicates }: { readonly seed: number; readonly replicates: number },
): CohortCalibration | null {
  if (labels.reduce((sum, label) => sum + label, 0) < MIN_LABELLED_FRAUDS) return null;
  const bins = equalMassBins(scores, labels, BINS);
  const brier = brierScore(scores, labels);
  const parts = brierParts(bins, brier);
  const ece = expectedCalibrationError(bins);
  const limit = eceByChance(scores, BINS, { seed, draws: replicates });
  if (brier === null || parts === null || ece === null || limit === null) return null;
  const interval = clusteredMean(squaresByCustomer(scores, labels, customers), { seed, replicates });
  return {
    ece,
    eceByChance: limit,
    brier,
    brierInterval: interval === null ? null : { lower: Math.max(0, interval.lower), upper: interval.upper },
    parts,
  };
}

function squaresByCustomer(
  scores: Float64Array,
  labels: Uint8Array,
  customers: ArrayLike<number>,
): { readonly values: Float64Array; readonly weights: Float64Array } {
  const { of, count } = numberedFrom0(customers);
  const [values, weights] = [new Float64Array(count), new Float64Array(count)];
  for (const [row, customer] of of.entries()) {
    const gap = (scores[row] as number) - (labels[row] as number);
    values[customer] = (values[customer] as number) + gap * gap;
    weights[customer] = (weights[customer] as number) + 1;
  }
  return { values, weights };
}
