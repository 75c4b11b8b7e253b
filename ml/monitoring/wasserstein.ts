import { moments } from "#ml/math/moments.ts";

export type Wasserstein = {
  readonly w1: number;
  readonly referenceDeviation: number;
  /** In units of the reference's population standard deviation; null when that is 0. */
  readonly w1OverDeviation: number | null;
};

/**
 * First Wasserstein (earth mover's) distance of two samples: the area between their empirical distributions, in the
 * unit of the feature. Null when a sample is empty. O(n log n).
 * @throws RangeError when a value is NaN.
 * @example wasserstein([1, 2, 3], [4, 5, 6])?.w1 // 3
 */
export function wasserstein(reference: ArrayLike<number>, current: ArrayLike<number>): Wasserstein | null {
  const before = Float64Array.from(reference).sort();
  const after = Float64Array.from(current).sort();
  if (Number.isNaN(before.at(-1)) || Number.isNaN(after.at(-1)))
    throw new RangeError("a distance requires numbers");
  const spread = moments(before);
  if (spread === null || after.length === 0) return null;
  const w1 = areaBetween(before, after);
  return {
    w1,
    referenceDeviation: spread.deviation,
    w1OverDeviation: spread.deviation === 0 ? null : w1 / spread.deviation,
  };
}

function areaBetween(before: Float64Array, after: Float64Array): number {
  let [i, j, area] = [0, 0, 0];
  let place = Math.min(before[0] as number, after[0] as number);
  while (i < before.length || j < after.length) {
    const next = Math.min(before[i] ?? Number.POSITIVE_INFINITY, after[j] ?? Number.POSITIVE_INFINITY);
    area += Math.abs(i / before.length - j / after.length) * (next - place);
    place = next;
    while (i < before.length && before[i] === place) i++;
    while (j < after.length && after[j] === place) j++;
  }
  return area;
}
