import { psiFromCounts } from "./population-stability.ts";
import { type BinCounts, countBins, quantileCuts } from "./quantile-bins.ts";

/** How one feature looked in the training window: plain JSON, stored with the model version. */
export type FeatureReference = {
  readonly name: string;
  readonly cuts: readonly number[];
  readonly counts: readonly number[];
  readonly missing: number;
};

export type FeatureDrift = {
  readonly name: string;
  readonly psi: number | null;
  readonly contributions: readonly number[] | null;
  readonly rows: number;
  readonly counts: readonly number[];
  readonly missingRate: number | null;
  readonly referenceMissingRate: number | null;
};

const DECILES = 10;

/**
 * References of every feature of a matrix (row-major, rows x width, NaN where missing): decile cuts of type 7, rows
 * per bin, missing rows. O(rows log rows x width).
 * @throws RangeError when the matrix or the names do not have that shape.
 */
export function referenceOf(
  features: Float64Array,
  rows: number,
  width: number,
  names: readonly string[],
): FeatureReference[] {
  if (features.length < rows * width || names.length !== width) {
    throw new RangeError(`${features.length} values and ${names.length} names are not ${rows} x ${width}`);
  }
  const column = new Float64Array(rows);
  return names.map((name, feature) => {
    for (let row = 0; row < rows; row++) column[row] = features[row * width + feature] as number;
    const cuts = quantileCuts(column, DECILES);
    return { name, cuts, ...countBins(cuts, column) };
  });
}

/** Counts values of one feature into its reference's bins; merge windows with mergeBinCounts. NaN is missing. */
export function binCounts(reference: FeatureReference, values: ArrayLike<number>): BinCounts {
  return countBins(reference.cuts, values);
}

/** Drift of one feature against its reference. Missing values never enter the PSI: their rates stand beside it. */
export function driftAgainst(reference: FeatureReference, values: ArrayLike<number>): FeatureDrift {
  return driftOfCounts(reference, binCounts(reference, values));
}

/** The same from counts gathered before, over one window or several merged. */
export function driftOfCounts(reference: FeatureReference, current: BinCounts): FeatureDrift {
  const stability = psiFromCounts(reference.counts, current.counts);
  return {
    name: reference.name,
    psi: stability?.psi ?? null,
    contributions: stability?.contributions ?? null,
    rows: rowsOf(current),
    counts: current.counts,
    missingRate: missingRateOf(current),
    referenceMissingRate: missingRateOf(reference),
  };
}

function rowsOf({ counts, missing }: BinCounts): number {
  return counts.reduce((sum, count) => sum + count, missing);
}

function missingRateOf(counts: BinCounts): number | null {
  const rows = rowsOf(counts);
  return rows === 0 ? null : counts.missing / rows;
}
