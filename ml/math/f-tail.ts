import { logGamma } from "./log-gamma.ts";

const MAX_TERMS = 10_000;
const PRECISION = 1e-15;
const TINY = 1e-300;

/**
 * Upper tail of the F distribution: P(X >= x) with `df1` and `df2` degrees of freedom, through the regularised
 * incomplete beta function by Lentz's continued fraction (DLMF 8.17.22).
 * @throws RangeError when x is NaN or a number of degrees of freedom is not above 0 and finite.
 * @example fTail(161.4476387975885, 1, 1) // 0.05
 */
export function fTail(x: number, df1: number, df2: number): number {
  if (Number.isNaN(x) || !(df1 > 0 && df2 > 0 && Number.isFinite(df1) && Number.isFinite(df2)))
    throw new RangeError("fTail requires degrees of freedom above 0");
  if (x <= 0) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  return incompleteBeta(df2 / (df2 + df1 * x), df2 / 2, df1 / 2);
}

/** The x above which the F distribution has the probability `p`, by bisection on its logarithm. */
export function fUpperQuantile(p: number, df1: number, df2: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`${p} is not a probability inside (0, 1)`);
  let [low, high] = [-50, 50];
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (fTail(Math.exp(middle), df1, df2) > p) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}

function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2)
    ? (front * fraction(x, a, b)) / a
    : 1 - (front * fraction(1 - x, b, a)) / b;
}

function fraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m < MAX_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    for (const term of [even, odd]) {
      d = 1 / away(1 + term * d);
      c = away(1 + term / c);
      value *= c * d;
    }
    if (Math.abs(c * d - 1) < PRECISION) break;
  }
  return value;
}

function away(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
