/**
 * Sample quantiles by Hyndman and Fan's type 7 (numpy's and R's default): h = (n - 1) p, linear between the two
 * neighbouring order statistics. Null for an empty sample. O(n log n); the sample is not changed.
 * @throws RangeError when a probability lies outside [0, 1] or a value is NaN.
 * @example quantiles([3, 1, 2, 10, 7], [0.5, 0.9]) // [3, 8.8]
 */
export function quantiles(sample: ArrayLike<number>, probabilities: readonly number[]): number[] | null {
  const sorted = Float64Array.from(sample).sort();
  if (Number.isNaN(sorted.at(-1))) throw new RangeError("a sample with missing values has no quantiles");
  if (sorted.length === 0) return null;
  return probabilities.map((p) => quantileOfSorted(sorted, p));
}

/**
 * One type 7 quantile of a sample that is already ascending. O(1).
 * @throws RangeError when the sample is empty or p lies outside [0, 1].
 */
export function quantileOfSorted(sorted: ArrayLike<number>, p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`${p} is not a probability`);
  if (sorted.length === 0) throw new RangeError("an empty sample has no quantiles");
  const h = (sorted.length - 1) * p;
  const below = Math.floor(h);
  const low = sorted[below] as number;
  const share = h - below;
  if (share === 0) return low;
  return low + share * ((sorted[below + 1] as number) - low);
}
