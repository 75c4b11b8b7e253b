import { rankedCounts } from "./ranked-counts.ts";

const TIE = 1e-15;

/**
 * Kolmogorov-Smirnov separation of a classifier: the largest |TPR - FPR| over distinct scores as thresholds
 * (score >= threshold), and the highest threshold that reaches it. Null when either class is absent. O(n log n).
 */
export function classifierKs(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
): { readonly ks: number; readonly threshold: number } | null {
  const { thresholds, tp, fp, positives, negatives } = rankedCounts(scores, labels);
  if (positives === 0 || negatives === 0) return null;
  let ks = Number.NEGATIVE_INFINITY;
  let threshold = Number.NaN;
  for (let i = 0; i < thresholds.length; i++) {
    const gap = Math.abs((tp[i] as number) / positives - (fp[i] as number) / negatives);
    if (gap <= ks + TIE) continue;
    ks = gap;
    threshold = thresholds[i] as number;
  }
  return { ks, threshold };
}
