import { ascendingOrder } from "#ml/math/order.ts";

/** A monotone step through the data: one entry per distinct score, ascending. */
export type IsotonicFit = { readonly x: Float64Array; readonly fitted: Float64Array };

/** One pooled block: rows that share a fitted value. `centre` is the weighted mean of their scores. */
export type IsotonicBlock = { readonly centre: number; readonly value: number; readonly weight: number };

/**
 * Isotonic regression of `targets` on `scores`: equal scores are averaged first, then adjacent violators are pooled
 * (PAV, Ayer et al. 1955). Equals scikit-learn's IsotonicRegression. O(n log n); inputs are not changed.
 * @throws RangeError when lengths differ or a score is NaN.
 */
export function isotonicFit(
  scores: ArrayLike<number>,
  targets: ArrayLike<number>,
  weights: ArrayLike<number> | null = null,
): IsotonicFit {
  const points = summedTies(scores, targets, weights);
  const pools = poolViolators(points);
  const fitted = new Float64Array(points.x.length);
  for (let pool = 0; pool < pools.count; pool++) {
    const end = pool + 1 < pools.count ? (pools.starts[pool + 1] as number) : fitted.length;
    fitted.fill(pools.values[pool] as number, pools.starts[pool] as number, end);
  }
  return { x: points.x, fitted };
}

/**
 * The pooled blocks of the same regression, ascending in centre and strictly ascending in value: the knots of a
 * calibrator that keeps rows apart where the step function would tie them.
 * @throws RangeError when lengths differ or a score is NaN.
 */
export function isotonicBlocks(
  scores: ArrayLike<number>,
  targets: ArrayLike<number>,
  weights: ArrayLike<number> | null = null,
): IsotonicBlock[] {
  const points = summedTies(scores, targets, weights);
  const pools = poolViolators(points);
  return Array.from({ length: pools.count }, (_, pool) => {
    const start = pools.starts[pool] ?? 0;
    const end = pool + 1 < pools.count ? (pools.starts[pool + 1] ?? 0) : points.x.length;
    const weight = pools.weights[pool] ?? 0;
    let centre = 0;
    for (let i = start; i < end; i++)
      centre += (points.x[i] as number) * ((points.weight[i] as number) / weight);
    const bounded = Math.min(Math.max(centre, points.x[start] ?? 0), points.x[end - 1] ?? 0);
    return { centre: bounded, value: pools.values[pool] ?? 0, weight };
  });
}

/**
 * Value at a query of the piecewise linear curve through ascending `x` and non-decreasing `y`, clipped to the end values outside
 * (scikit-learn's out_of_bounds="clip"). Null when there is no point. O(log n).
 */
export function interpolateClipped(x: ArrayLike<number>, y: ArrayLike<number>, query: number): number | null {
  const last = x.length - 1;
  if (last < 0) return null;
  if (query <= (x[0] as number)) return y[0] as number;
  if (query >= (x[last] as number)) return y[last] as number;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((x[middle] as number) <= query) low = middle;
    else high = middle;
  }
  const share = (query - (x[low] as number)) / ((x[high] as number) - (x[low] as number));
  const yLow = y[low] as number;
  const yHigh = y[high] as number;
  return Math.min(yLow + share * (yHigh - yLow), yHigh);
}

type Points = { x: Float64Array; sum: Float64Array; weight: Float64Array };

/** Distinct scores ascending with summed target and weight; rows of weight 0 say nothing and are left out. */
function summedTies(
  scores: ArrayLike<number>,
  targets: ArrayLike<number>,
  weights: ArrayLike<number> | null,
): Points {
  if (scores.length !== targets.length || (weights !== null && weights.length !== scores.length)) {
    throw new RangeError("isotonic regression requires as many targets and weights as scores");
  }
  const order = ascendingOrder(scores);
  const x = new Float64Array(order.length);
  const sum = new Float64Array(order.length);
  const weight = new Float64Array(order.length);
  let count = 0;
  for (const row of order) {
    const rowWeight = weights === null ? 1 : (weights[row] as number);
    if (rowWeight === 0) continue;
    const score = scores[row] as number;
    if (count === 0 || x[count - 1] !== score) x[count++] = score;
    weight[count - 1] = (weight[count - 1] as number) + rowWeight;
    sum[count - 1] = (sum[count - 1] as number) + rowWeight * (targets[row] as number);
  }
  return { x: x.slice(0, count), sum: sum.slice(0, count), weight: weight.slice(0, count) };
}

type Pools = { starts: Uint32Array; values: Float64Array; weights: Float64Array; count: number };

/**
 * Stack of pools; equal neighbours are pooled too, so values come out strictly ascending. Pools carry sums, not means:
 * sums of unweighted labels are exact, so equal rates compare equal.
 */
function poolViolators({ sum, weight }: Points): Pools {
  const starts = new Uint32Array(sum.length);
  const sums = new Float64Array(sum.length);
  const weights = new Float64Array(sum.length);
  const meanOf = (pool: number): number => (sums[pool] as number) / (weights[pool] as number);
  let count = 0;
  for (let i = 0; i < sum.length; i++) {
    starts[count] = i;
    sums[count] = sum[i] as number;
    weights[count] = weight[i] as number;
    count++;
    while (count > 1 && meanOf(count - 2) >= meanOf(count - 1)) {
      sums[count - 2] = (sums[count - 2] as number) + (sums[count - 1] as number);
      weights[count - 2] = (weights[count - 2] as number) + (weights[count - 1] as number);
      count--;
    }
  }
  return { starts, values: sums.subarray(0, count).map((_, pool) => meanOf(pool)), weights, count };
}
