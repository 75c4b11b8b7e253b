import { type Confusion, confusionMetrics } from "#ml/evaluation/threshold.ts";
import { descendingOrder } from "#ml/math/order.ts";

export type EstimatedPerformance = Confusion & {
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
  readonly accuracy: number | null;
  readonly rocAuc: number | null;
};

/**
 * Performance before labels arrive: NannyML's confidence-based performance estimation. With calibrated scores, an
 * alert of score p is p of a true and 1 - p of a false positive, a passed row p of a missed fraud; metrics follow from
 * the expected counts. AUC is the weighted Mann-Whitney statistic with every row a positive of weight p and a
 * negative of weight 1 - p, ties one half. It is only as good as the calibration. O(n log n).
 * @throws RangeError when a score lies outside [0, 1].
 */
export function cbpe(scores: ArrayLike<number>, threshold: number): EstimatedPerformance {
  const expected = { tp: 0, fp: 0, tn: 0, fn: 0 };
  for (let i = 0; i < scores.length; i++) {
    const p = scores[i] as number;
    if (!(p >= 0 && p <= 1)) throw new RangeError(`score ${i} is ${p}, not a probability`);
    expected[p >= threshold ? "tp" : "fn"] += p;
    expected[p >= threshold ? "fp" : "tn"] += 1 - p;
  }
  const { precision, recall, f1, accuracy } = confusionMetrics(expected);
  return { ...expected, precision, recall, f1, accuracy, rocAuc: estimatedAuc(scores) };
}

function estimatedAuc(scores: ArrayLike<number>): number | null {
  const order = descendingOrder(scores);
  let [above, positives, negatives, wins] = [0, 0, 0, 0];
  for (let start = 0; start < order.length; ) {
    const p = scores[order[start] as number] as number;
    let end = start;
    while (end < order.length && scores[order[end] as number] === p) end++;
    const tiedPositives = (end - start) * p;
    const tiedNegatives = (end - start) * (1 - p);
    wins += tiedNegatives * (above + tiedPositives / 2);
    above += tiedPositives;
    positives += tiedPositives;
    negatives += tiedNegatives;
    start = end;
  }
  return positives > 0 && negatives > 0 ? wins / (positives * negatives) : null;
}
