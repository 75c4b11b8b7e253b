import { psiFromCounts } from "./population-stability.ts";
import { type BinCounts, binOf, countBins, quantileCuts } from "./quantile-bins.ts";

/** How one feature looked in the training window: plain JSON, stored with the model version. */
export type FeatureReference = {
  readonly name: string;
  readonly cuts: readonly number[];
  readonly counts: readonly number[];
  readonly missing: number;
  /** least and largest value; left out by earlier builds and where every value is missing */
  readonly range?: readonly [least: number, most: number];
  /** of a category: every code, ascending, each with a bin of its own */
  readonly codes?: readonly number[];
};

/** A column of a feature matrix. */
export type FeatureColumn = { readonly name: string; readonly isCategory: boolean };

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
/** Categories beyond which a text is more an identifier than a category: then its codes are cut like numbers. */
const MOST_CODES = 256;

/**
 * References of every feature of a matrix (row-major, rows x width, NaN where missing): decile cuts of type 7, or for
 * a category a bin for each of its codes; rows per bin, missing rows, range. O(rows log rows x width).
 * @throws RangeError when the matrix or the names do not have that shape.
 */
export function referenceOf(
  features: Float64Array,
  rows: number,
  width: number,
  columns: readonly FeatureColumn[],
): FeatureReference[] {
  if (features.length < rows * width || columns.length !== width) {
    throw new RangeError(`${features.length} values and ${columns.length} names are not ${rows} x ${width}`);
  }
  const column = new Float64Array(rows);
  return columns.map(({ name, isCategory }, feature) => {
    for (let row = 0; row < rows; row++) column[row] = features[row * width + feature] as number;
    const codes = isCategory ? codesOf(column) : null;
    const cuts = codes === null ? quantileCuts(column, DECILES) : codes.slice(0, -1);
    const range = codes === null ? rangeOf(column) : null;
    return {
      name,
      cuts,
      ...countBins(cuts, column),
      ...(range === null ? {} : { range }),
      ...(codes === null ? {} : { codes }),
    };
  });
}

function codesOf(column: Float64Array): number[] | null {
  const codes = new Set(column.filter((value) => !Number.isNaN(value)));
  return codes.size > 0 && codes.size <= MOST_CODES ? [...codes].sort((a, b) => a - b) : null;
}

function rangeOf(column: Float64Array): [number, number] | null {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of column) {
    if (!Number.isFinite(value)) continue;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return least <= most ? [least, most] : null;
}

/** Values of a window on the bins of a reference. */
export type WindowCounts = BinCounts & {
  /** categories that the reference does not know: in no bin */
  readonly unseen: number;
  /** numbers beyond the reference's range: in the open bins at the ends as well */
  readonly outside: number;
};

/** What a value is to its reference: a bin, or why it is in none. */
export function placeOf(
  { cuts, codes }: Pick<FeatureReference, "cuts" | "codes">,
  value: number,
): number | "missing" | "unseen" {
  if (Number.isNaN(value)) return "missing";
  const bin = binOf(cuts, value);
  return codes === undefined || codes[bin] === value ? bin : "unseen";
}

/** Whether a number lies beyond what the reference has seen. False where that is not known. */
export function isOutside({ range }: Pick<FeatureReference, "range">, value: number): boolean {
  return range !== undefined && (value < range[0] || value > range[1]);
}

/** Counts of no rows at all, on the bins of a reference. */
export function noCounts({ counts }: Pick<FeatureReference, "counts">): WindowCounts {
  return { counts: counts.map(() => 0), missing: 0, unseen: 0, outside: 0 };
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
