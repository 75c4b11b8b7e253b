import { type RankedCounts, rankedCounts } from "./ranked-counts.ts";

/**
 * Recall at a false-positive rate: the best recall of a real threshold (score >= threshold) whose FPR does not exceed
 * the rate. Nothing is interpolated between thresholds, so ties cannot promise a recall that no threshold attains; 0
 * when already the highest scores exceed the rate. Null when either class is absent. O(n log n).
 * @throws RangeError when the rate lies outside [0, 1].
 */
export function recallAtFpr(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  fpr: number,
): number | null {
  return recallAtFprOf(rankedCounts(scores, labels), fpr);
}

/** As recallAtFpr, from counts that are already ranked. O(log distinct scores). */
export function recallAtFprOf({ tp, fp, positives, negatives }: RankedCounts, fpr: number): number | null {
  if (!(fpr >= 0 && fpr <= 1)) throw new RangeError(`${fpr} is not a rate`);
  if (!(positives > 0 && negatives > 0)) return null;
  let low = 0;
  let high = fp.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((fp[middle] as number) / negatives <= fpr) low = middle + 1;
    else high = middle;
  }
  return (tp[low - 1] ?? 0) / positives;
}
