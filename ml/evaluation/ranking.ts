import { type RankedCounts, rankedCounts } from "./ranked-counts.ts";

/**
 * Area under the ROC curve: the probability that a fraud scores above a legitimate row, ties counting one half
 * (Mann-Whitney; equals scikit-learn's roc_auc_score). With weights a pair counts the product of its weights.
 * Null when either class is absent. O(n log n).
 * @example rocAuc([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]) // 0.75
 */
export function rocAuc(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  weights: ArrayLike<number> | null = null,
): number | null {
  return rocAucOf(rankedCounts(scores, labels, weights));
}

/**
 * Average precision: the sum over distinct scores, highest first, of the gain in recall times the precision there,
 * tied scores entering together (no interpolation, no trapezoid; equals scikit-learn's average_precision_score).
 * Null when there is no fraud. O(n log n).
 * @example averagePrecision([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]) // 0.8333…
 */
export function averagePrecision(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  weights: ArrayLike<number> | null = null,
): number | null {
  return averagePrecisionOf(rankedCounts(scores, labels, weights));
}

/** As rocAuc, from counts that are already ranked. O(distinct scores). */
export function rocAucOf({ tp, fp, positives, negatives }: RankedCounts): number | null {
  if (!(positives > 0 && negatives > 0)) return null;
  let wins = 0;
  let fpBefore = 0;
  let tpBefore = 0;
  for (let i = 0; i < tp.length; i++) {
    const fpHere = (fp[i] as number) - fpBefore;
    const tpHere = (tp[i] as number) - tpBefore;
    wins += fpHere * (tpBefore + tpHere / 2);
    fpBefore = fp[i] as number;
    tpBefore = tp[i] as number;
  }
  return wins / (positives * negatives);
}

/** As averagePrecision, from counts that are already ranked. O(distinct scores). */
export function averagePrecisionOf({ tp, fp, positives }: RankedCounts): number | null {
  if (!(positives > 0)) return null;
  let sum = 0;
  let tpBefore = 0;
  for (let i = 0; i < tp.length; i++) {
    const hits = tp[i] as number;
    if (hits > tpBefore) sum += ((hits - tpBefore) * hits) / (hits + (fp[i] as number));
    tpBefore = hits;
  }
  return sum / positives;
}
