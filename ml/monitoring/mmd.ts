export type Rows = readonly (readonly number[])[];

/**
 * Unbiased squared maximum mean discrepancy (Gretton et al. 2012) of two samples of vectors under the Gaussian kernel
 * exp(-|a - b|² / (2 sigma²)); diagonal terms are left out within a sample, so it may be slightly negative when the
 * samples agree. Null when a sample has fewer than 2 rows. O((n + m)² width): sample large windows first.
 * @throws RangeError when sigma is not above 0 or widths differ.
 */
export function mmdSquared(x: Rows, y: Rows, sigma: number): number | null {
  if (!(sigma > 0)) throw new RangeError("the kernel needs a sigma above 0");
  const width = x[0]?.length ?? 0;
  if ([...x, ...y].some((row) => row.length !== width)) throw new RangeError("all rows need the same width");
  if (x.length < 2 || y.length < 2) return null;
  const within = (rows: Rows): number =>
    (kernelSum(rows, rows, sigma) - rows.length) / (rows.length * (rows.length - 1));
  return within(x) + within(y) - (2 * kernelSum(x, y, sigma)) / (x.length * y.length);
}

/** Sum of the kernel over all pairs, the diagonal (exactly 1 each) included. */
function kernelSum(x: Rows, y: Rows, sigma: number): number {
  let sum = 0;
  for (const a of x) {
    for (const b of y) {
      const square = a.reduce((total, value, i) => total + (value - (b[i] ?? 0)) ** 2, 0);
      sum += Math.exp(-square / (2 * sigma * sigma));
    }
  }
  return sum;
}
