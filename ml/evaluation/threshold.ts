import { checkRows } from "./ranked-counts.ts";

/** Counts at one threshold, a fraud being the positive class. Counts merge by addition; rates do not. */
export type Confusion = {
  readonly tp: number;
  readonly fp: number;
  readonly tn: number;
  readonly fn: number;
};

/** Ratios of a confusion matrix; null where the denominator is 0. `accuracy` is for tests only, never for display. */
export type ConfusionMetrics = {
  readonly precision: number | null;
  readonly recall: number | null;
  readonly fpr: number | null;
  readonly specificity: number | null;
  readonly npv: number | null;
  readonly alertRate: number | null;
  readonly accuracy: number | null;
  readonly f1: number | null;
  readonly f2: number | null;
  readonly f05: number | null;
  readonly mcc: number | null;
};

/**
 * Confusion counts when a row is alerted iff its score is at least the threshold. O(n).
 * @throws RangeError when lengths differ, a label is neither 0 nor 1, or a score or the threshold is NaN.
 */
export function confusionAt(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  threshold: number,
): Confusion {
  checkRows(scores, labels);
  if (Number.isNaN(threshold)) throw new RangeError("the threshold is not a number");
  const counts = { tp: 0, fp: 0, tn: 0, fn: 0 };
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i] as number;
    if (Number.isNaN(score)) throw new RangeError(`score ${i} is not a number`);
    const fraud = labels[i] === 1;
    if (score >= threshold) counts[fraud ? "tp" : "fp"]++;
    else counts[fraud ? "fn" : "tn"]++;
  }
  return counts;
}

/** Adds confusion counts of several windows, so that rates are derived from the sum. */
export function mergeConfusions(parts: readonly Confusion[]): Confusion {
  return parts.reduce(
    (sum, part) => ({
      tp: sum.tp + part.tp,
      fp: sum.fp + part.fp,
      tn: sum.tn + part.tn,
      fn: sum.fn + part.fn,
    }),
    { tp: 0, fp: 0, tn: 0, fn: 0 },
  );
}

/**
 * Every usual ratio of a confusion matrix. fBeta = (1+b²)tp / ((1+b²)tp + b² fn + fp). The Matthews correlation
 * is null when a margin is empty (scikit-learn would say 0).
 */
export function confusionMetrics({ tp, fp, tn, fn }: Confusion): ConfusionMetrics {
  const total = tp + fp + tn + fn;
  const margins = Math.sqrt((tp + fp) * (tp + fn)) * Math.sqrt((tn + fp) * (tn + fn));
  return {
    precision: ratio(tp, tp + fp),
    recall: ratio(tp, tp + fn),
    fpr: ratio(fp, fp + tn),
    specificity: ratio(tn, fp + tn),
    npv: ratio(tn, tn + fn),
    alertRate: ratio(tp + fp, total),
    accuracy: ratio(tp + tn, total),
    f1: fBeta(tp, fp, fn, 1),
    f2: fBeta(tp, fp, fn, 2),
    f05: fBeta(tp, fp, fn, 0.5),
    mcc: ratio(tp * tn - fp * fn, margins),
  };
}

function fBeta(tp: number, fp: number, fn: number, beta: number): number | null {
  const square = beta * beta;
  return ratio((1 + square) * tp, (1 + square) * tp + square * fn + fp);
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
