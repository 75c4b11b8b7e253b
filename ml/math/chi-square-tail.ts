import { logGamma } from "./log-gamma.ts";

const MAX_TERMS = 100_000;
const PRECISION = 1e-16;
const TINY = 1e-300;

/**
 * Upper tail of the chi-square distribution: P(X >= x) = Q(df/2, x/2). 0 degrees of freedom put all mass on 0, so the
 * tail is 1 at 0 and 0 above. Series or Lentz's continued fraction; about sqrt(df) terms.
 * @throws RangeError when x is NaN or df is negative or not finite.
 * @example chiSquareTail(3.841458820694124, 1) // 0.05
 */
export function chiSquareTail(x: number, df: number): number {
  if (Number.isNaN(x) || !(df >= 0 && Number.isFinite(df)))
    throw new RangeError("chiSquareTail requires df >= 0");
  if (x <= 0) return 1;
  if (df === 0 || x === Number.POSITIVE_INFINITY) return 0;
  const a = df / 2;
  const half = x / 2;
  return half < a + 1 ? 1 - lowerBySeries(a, half) : upperByFraction(a, half);
}

function lowerBySeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < MAX_TERMS && Math.abs(term) > Math.abs(sum) * PRECISION; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum * Math.exp(a * Math.log(x) - x - logGamma(a));
}

function upperByFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < MAX_TERMS; n++) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / away(numerator * d + b);
    c = away(b + numerator / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 2 * PRECISION) break;
  }
  return fraction * Math.exp(a * Math.log(x) - x - logGamma(a));
}

function away(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
