import { descendingOrder } from "#ml/math/order.ts";

/**
 * What every ranking measure is made of: one entry per distinct score, highest first, with the frauds (`tp`) and the
 * legitimate rows (`fp`) at or above it. Counts are sums of weights where weights are given.
 */
export type RankedCounts = {
  readonly thresholds: Float64Array;
  readonly tp: Float64Array;
  readonly fp: Float64Array;
  readonly positives: number;
  readonly negatives: number;
};

/**
 * Counts rows at or above each distinct score. `labels` are 1 for fraud and 0 for legitimate. O(n log n) or better;
 * inputs are not changed.
 * @throws RangeError when lengths differ, a score is NaN, a label is neither 0 nor 1, or a weight is negative or NaN.
 */
export function rankedCounts(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  weights: ArrayLike<number> | null = null,
): RankedCounts {
  checkRows(scores, labels, weights);
  const order = descendingOrder(scores);
  const thresholds = new Float64Array(order.length);
  const tp = new Float64Array(order.length);
  const fp = new Float64Array(order.length);
  let groups = 0;
  let positives = 0;
  let negatives = 0;
  for (let rank = 0; rank < order.length; rank++) {
    const row = order[rank] as number;
    const weight = weights === null ? 1 : (weights[row] as number);
    if (labels[row] === 1) positives += weight;
    else negatives += weight;
    const score = scores[row] as number;
    const isLastOfTies = rank + 1 === order.length || scores[order[rank + 1] as number] !== score;
    if (!isLastOfTies) continue;
    thresholds[groups] = score;
    tp[groups] = positives;
    fp[groups] = negatives;
    groups++;
  }
  return {
    thresholds: thresholds.subarray(0, groups),
    tp: tp.subarray(0, groups),
    fp: fp.subarray(0, groups),
    positives,
    negatives,
  };
}

/** @throws RangeError when lengths differ, a label is neither 0 nor 1, or a weight is negative or NaN. */
export function checkRows(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  weights: ArrayLike<number> | null = null,
): void {
  if (scores.length !== labels.length) {
    throw new RangeError(`${scores.length} scores but ${labels.length} labels`);
  }
  if (weights !== null && weights.length !== scores.length) {
    throw new RangeError(`${scores.length} scores but ${weights.length} weights`);
  }
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] as number;
    if (label !== 0 && label !== 1) throw new RangeError(`label ${i} is ${label}, neither 0 nor 1`);
    if (weights !== null && !((weights[i] as number) >= 0)) {
      throw new RangeError(`weight ${i} is ${weights[i]}, not a number of at least 0`);
    }
  }
}
