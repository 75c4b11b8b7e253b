import type { RankedCounts } from "./ranked-counts.ts";

/**
 * Precision at a recall: that of the highest real threshold (score >= threshold) which reaches the recall, so of the
 * fewest alerts that do. Nothing is interpolated. Null without frauds and for a recall of 0, which needs no alert.
 * O(log distinct scores).
 * @throws RangeError when the recall lies outside [0, 1].
 */
export function precisionAtRecallOf({ tp, fp, positives }: RankedCounts, recall: number): number | null {
  if (!(recall >= 0 && recall <= 1)) throw new RangeError(`${recall} is not a share`);
  if (!(positives > 0) || recall === 0) return null;
  let [low, high] = [0, tp.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((tp[middle] as number) / positives >= recall) high = middle;
    else low = middle + 1;
  }
  const hits = tp[low] as number;
  return hits / (hits + (fp[low] as number));
}
