import { countBins, quantileCuts } from "./quantile-bins.ts";

/** Smallest share that a bin counts with, so that an empty bin gives a large but finite term. */
export const MIN_SHARE = 1e-4;

export type Stability = { readonly psi: number; readonly contributions: readonly number[] };

export type NumericStability = Stability & {
  readonly cuts: readonly number[];
  readonly referenceCounts: readonly number[];
  readonly currentCounts: readonly number[];
};

/**
 * Population stability index from counts per bin: sum of (c - r) ln(c / r) over shares floored at `minShare`, not
 * renormalised. Null when either side is empty. O(bins).
 * @throws RangeError when the numbers of bins differ.
 * @example psiFromCounts([50, 50], [40, 60])?.psi // 0.0405
 */
export function psiFromCounts(
  reference: readonly number[],
  current: readonly number[],
  minShare = MIN_SHARE,
): Stability | null {
  if (reference.length !== current.length) throw new RangeError("PSI requires equal numbers of bins");
  const referenceTotal = reference.reduce((sum, count) => sum + count, 0);
  const currentTotal = current.reduce((sum, count) => sum + count, 0);
  if (referenceTotal === 0 || currentTotal === 0) return null;
  const contributions = reference.map((count, bin) => {
    const before = Math.max(count / referenceTotal, minShare);
    const after = Math.max((current[bin] ?? 0) / currentTotal, minShare);
    return (after - before) * Math.log(after / before);
  });
  return { psi: contributions.reduce((sum, term) => sum + term, 0), contributions };
}

/**
 * PSI of a numeric feature: cuts at the reference's quantiles, missing values (NaN) left out on both sides. Null when
 * either side has no value. O(n log n).
 */
export function psiNumeric(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  options: { readonly bins: number; readonly minShare?: number },
): NumericStability | null {
  const cuts = quantileCuts(reference, options.bins);
  const referenceCounts = countBins(cuts, reference).counts;
  const currentCounts = countBins(cuts, current).counts;
  const stability = psiFromCounts(referenceCounts, currentCounts, options.minShare ?? MIN_SHARE);
  return stability === null ? null : { cuts, referenceCounts, currentCounts, ...stability };
}
