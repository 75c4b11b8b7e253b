/** How one input column is made from its source feature. `flat` columns are scaled only. */
export const transforms = ["flat", "log", "sine", "cosine", "piece", "missing"] as const;
export type Transform = (typeof transforms)[number];

/**
 * One input column. `fill` replaces a missing value (median of the training slice). `from` and `to` bound a
 * piece; `to` alone is the period of a sine or cosine. The column is standardised by `center` and `scale`.
 */
export type EncodedColumn = {
  readonly source: number;
  readonly transform: Transform;
  readonly fill: number;
  readonly from: number;
  readonly to: number;
  readonly center: number;
  readonly scale: number;
};

/** Code of the missing flag in `transformed`. */
export const MISSING: number = transforms.indexOf("missing");
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
    default:
      return Number.isNaN(value) ? 1 : 0;
  }
}
