import type { Interval } from "#ml/evaluation/wilson-interval.ts";
import { normalQuantile } from "#ml/math/normal.ts";

/**
 * Sums over scored rows on one side of a threshold. A row of score `p` whose truth will be known with chance `c` counts
 * 1 to `rows`, p to `p`, p² to `pp`, 1/c to `inverse` and p/c to `pInverse`.
 */
export type ExpectedSums = {
  readonly rows: number;
  readonly p: number;
  readonly pp: number;
  readonly inverse: number;
  readonly pInverse: number;
};

export type Expected = { readonly value: number | null; readonly interval: Interval | null };

/**
 * What precision and recall will come to if scores mean what they say, from the sums of the rows at or above a
 * threshold and below it: confidence-based performance estimation with the interval in which the figure realised later
 * on these very rows falls, weighted by 1/c. The interval holds chance alone (each payment turns out a fraud with its
 * score, independently, and is seen with its chance): the delta method on the ratio, normal, cut to [0, 1]. Scores that
 * promise wrongly are not in it. Null without alerts, or without any chance of fraud. O(1).
 */
export function cbpeIntervals(
  above: ExpectedSums,
  below: ExpectedSums,
  confidence = 0.95,
): { readonly precision: Expected; readonly recall: Expected } {
  const z = normalQuantile(1 - (1 - confidence) / 2);
  const frauds = above.p + below.p;
  const precision = above.rows === 0 ? null : above.p / above.rows;
  const recall = frauds === 0 ? null : above.p / frauds;
  return {
    precision: expected(precision, (value) => Math.sqrt(spreadOfShare(above, value)) / above.rows, z),
    recall: expected(recall, (value) => Math.sqrt(spreadOfRecall(above, below, value)) / frauds, z),
  };
}

/** Variance of the weighted sum of (fraud - value) over rows seen with their chance. */
function spreadOfShare({ p, pp, rows, inverse, pInverse }: ExpectedSums, value: number): number {
  const seen = pInverse * (1 - 2 * value) + value ** 2 * inverse;
  return Math.max(0, seen - (pp - 2 * value * p + value ** 2 * rows));
}

/** Variance of the weighted sum of fraud (alert - value). */
function spreadOfRecall(above: ExpectedSums, below: ExpectedSums, value: number): number {
  const of = ({ pInverse, pp }: ExpectedSums): number => Math.max(0, pInverse - pp);
  return (1 - value) ** 2 * of(above) + value ** 2 * of(below);
}

function expected(value: number | null, deviation: (value: number) => number, z: number): Expected {
  if (value === null) return { value, interval: null };
  const reach = z * deviation(value);
  return { value, interval: { lower: Math.max(0, value - reach), upper: Math.min(1, value + reach) } };
}
