import { codeCount, type FeatureBins } from "./feature-bins.ts";

/** The features that a tree may use, and where each has its bins in a histogram. */
export type HistogramLayout = {
  readonly columns: Uint16Array;
  /** Of the sampled columns, in doubles: gradient and Hessian of a code lie side by side. */
  readonly offsets: Uint32Array;
  readonly length: number;
};

/** Bins side by side for the given columns. */
export function histogramLayout(columns: Uint16Array, bins: readonly FeatureBins[]): HistogramLayout {
  const offsets = new Uint32Array(columns.length);
  let length = 0;
  for (const [c, column] of columns.entries()) {
    offsets[c] = length;
    length += 2 * codeCount(bins[column] as FeatureBins);
  }
  return { columns, offsets, length };
}

/** Binned rows with their gradient and Hessian side by side: `pairs[2 * row]` and `pairs[2 * row + 1]`. */
export type GradientRows = { readonly codes: readonly Uint8Array[]; readonly pairs: Float32Array };

/** Sums gradient and Hessian per bin over rows[from..to). Four columns at a time, so that a row is read once for all. */
export function fillHistogram(
  histogram: Float64Array,
  { columns, offsets, length }: HistogramLayout,
  { codes, pairs }: GradientRows,
  rows: Uint32Array,
): void {
  histogram.fill(0, 0, length);
  const at = (c: number): number => offsets[c] as number;
  const column = (c: number): Uint8Array => codes[columns[c] as number] as Uint8Array;
  let c = 0;
  for (; c + 3 < columns.length; c += 4) {
    addFour(
      histogram,
      [column(c), column(c + 1), column(c + 2), column(c + 3)],
      [at(c), at(c + 1), at(c + 2), at(c + 3)],
      { pairs, rows },
    );
  }
  for (; c < columns.length; c++) addOne(histogram, column(c), at(c), { pairs, rows });
}

type Quad<T> = readonly [T, T, T, T];
type RowPairs = { readonly pairs: Float32Array; readonly rows: Uint32Array };

function addFour(
  histogram: Float64Array,
  [c0, c1, c2, c3]: Quad<Uint8Array>,
  [at0, at1, at2, at3]: Quad<number>,
  { pairs, rows }: RowPairs,
): void {
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    const gradient = pairs[2 * row] as number;
    const hessian = pairs[2 * row + 1] as number;
    const k0 = at0 + 2 * (c0[row] as number);
    const k1 = at1 + 2 * (c1[row] as number);
    const k2 = at2 + 2 * (c2[row] as number);
    const k3 = at3 + 2 * (c3[row] as number);
    histogram[k0] = (histogram[k0] as number) + gradient;
    histogram[k0 + 1] = (histogram[k0 + 1] as number) + hessian;
    histogram[k1] = (histogram[k1] as number) + gradient;
    histogram[k1 + 1] = (histogram[k1 + 1] as number) + hessian;
    histogram[k2] = (histogram[k2] as number) + gradient;
    histogram[k2 + 1] = (histogram[k2 + 1] as number) + hessian;
    histogram[k3] = (histogram[k3] as number) + gradient;
    histogram[k3 + 1] = (histogram[k3 + 1] as number) + hessian;
  }
}

function addOne(histogram: Float64Array, codes: Uint8Array, at: number, { pairs, rows }: RowPairs): void {
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    const k = at + 2 * (codes[row] as number);
    histogram[k] = (histogram[k] as number) + (pairs[2 * row] as number);
    histogram[k + 1] = (histogram[k + 1] as number) + (pairs[2 * row + 1] as number);
  }
}

/** What is left of the parent is the other child: the larger one costs no pass over its rows. */
export function subtractHistogram(parent: Float64Array, child: Float64Array, length: number): void {
  for (let k = 0; k < length; k++) parent[k] = (parent[k] as number) - (child[k] as number);
}
