/**
 * How one input column is made from its source feature. `flat` columns are scaled only; `category` is 1 for one code
 * and `other_category` for every code without a column of its own.
 */
export const transforms = [
  "flat",
  "log",
  "sine",
  "cosine",
  "piece",
  "missing",
  "category",
  "other_category",
] as const;
export type Transform = (typeof transforms)[number];

/**
 * One input column. `fill` replaces a missing value (median of the training slice). `from` and `to` bound a
 * piece; `to` alone is the period of a sine or cosine; `from` alone is the code of a category, and `known` the codes that
 * are not other categories. The column is standardised by `center` and `scale`.
 */
export type EncodedColumn = {
  readonly source: number;
  readonly transform: Transform;
  readonly fill: number;
  readonly from: number;
  readonly to: number;
  readonly known?: readonly number[];
  readonly center: number;
  readonly scale: number;
};

/** Code of the missing flag in `transformed`; it and the codes above it see missing values as they are. */
export const MISSING: number = transforms.indexOf("missing");
/** Code of `other_category`, whose value is `isOther`. */
export const OTHER_CATEGORY: number = transforms.indexOf("other_category");
const TAU = 2 * Math.PI;

/** The column's value before standardisation; `code` indexes `transforms`. */
export function transformed(code: number, value: number, from: number, to: number): number {
  switch (code) {
    case 0:
      return value;
    case 1:
      return value >= 0 ? Math.log1p(value) : -Math.log1p(-value);
    case 2:
      return Math.sin((TAU * (value % to)) / to);
    case 3:
      return Math.cos((TAU * (value % to)) / to);
    case 4: {
      const share = (value - from) / (to - from);
      return share < 0 ? 0 : share > 1 ? 1 : share;
    }
    case 5:
      return Number.isNaN(value) ? 1 : 0;
    default:
      return value === from ? 1 : 0;
  }
}

/** 1 for a category that is not among the known ones, 0 for a known or a missing one. */
export function isOther(known: ReadonlySet<number>, value: number): number {
  return Number.isNaN(value) || known.has(value) ? 0 : 1;
}
