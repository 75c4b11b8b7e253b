import { type RankedCounts, rankedCounts } from "./ranked-counts.ts";

/**
 * Recall at a false-positive rate: TPR interpolated linearly in FPR along the ROC curve from (0, 0) through a point per
 * distinct score to (1, 1), as numpy.interp(fpr, roc FPR, roc TPR) would; where the curve rises straight up at exactly
 * that FPR, its upper end (the best recall for that price). Null when either class is absent. O(n log n).
 * @throws RangeError when the rate lies outside [0, 1].
 */
export function recallAtFpr(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  fpr: number,
): number | null {
  return recallAtFprOf(rankedCounts(scores, labels), fpr);
}

/** As recallAtFpr, from counts that are already ranked. O(distinct scores). */
export function recallAtFprOf({ tp, fp, positives, negatives }: RankedCounts, fpr: number): number | null {
  if (!(fpr >= 0 && fpr <= 1)) throw new RangeError(`${fpr} is not a rate`);
  if (!(positives > 0 && negatives > 0)) return null;
  let [fprBefore, tprBefore] = [0, 0];
  for (let i = 0; i < tp.length; i++) {
    const fprHere = (fp[i] as number) / negatives;
    const tprHere = (tp[i] as number) / positives;
    if (fprHere > fpr) {
      return tprBefore + ((tprHere - tprBefore) * (fpr - fprBefore)) / (fprHere - fprBefore);
    }
    [fprBefore, tprBefore] = [fprHere, tprHere];
  }
  return tprBefore;
}
