import { quantileOfSorted } from "#ml/math/quantile.ts";

/**
 * Cuts of a reference sample at its type 7 quantiles j / bins, exact duplicates removed. Missing values (NaN) are left
 * out; no value at all gives no cut. Bins are (-inf, c1], (c1, c2], …, (cm, +inf). O(n log n).
 * @throws RangeError when bins is not a positive integer.
 */
export function quantileCuts(reference: ArrayLike<number>, bins: number): number[] {
  if (!Number.isInteger(bins) || bins < 1) throw new RangeError(`${bins} is not a number of bins`);
  const sorted = Float64Array.from(reference)
    .filter((value) => !Number.isNaN(value))
    .sort();
  if (sorted.length === 0) return [];
  const cuts = Array.from({ length: bins - 1 }, (_, j) => quantileOfSorted(sorted, (j + 1) / bins));
  return [...new Set(cuts)];
}

/** Bin of a value: the number of cuts strictly below it. O(log cuts). */
export function binOf(cuts: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((cuts[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Rows per bin and missing rows apart. Counts of several windows merge by addition. */
export type BinCounts = { readonly counts: readonly number[]; readonly missing: number };

/** Counts values into the bins of the cuts; NaN is missing. O(n log cuts). */
export function countBins(cuts: ArrayLike<number>, values: ArrayLike<number>): BinCounts {
  const counts = new Array<number>(cuts.length + 1).fill(0);
  let missing = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value)) {
      missing++;
      continue;
    }
    const bin = binOf(cuts, value);
    counts[bin] = (counts[bin] as number) + 1;
  }
  return { counts, missing };
}

/** @throws RangeError when the bins differ. */
export function mergeBinCounts(first: BinCounts, second: BinCounts): BinCounts {
  if (first.counts.length !== second.counts.length)
    throw new RangeError("counts of different bins cannot merge");
  return {
    counts: first.counts.map((count, bin) => count + (second.counts[bin] ?? 0)),
    missing: first.missing + second.missing,
  };
}
