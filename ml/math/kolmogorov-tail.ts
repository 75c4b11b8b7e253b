const TERMS = 100;
const CERTAIN_BELOW = 0.05; // the tail is 1 to beyond double precision

/**
 * Upper tail of Kolmogorov's limit distribution: 2 sum_{j>=1} (-1)^(j-1) exp(-2 j^2 x^2), and 1 at x <= 0. Below 1 the
 * equal theta series in 1/x is summed instead, which converges where the alternating one does not.
 * @throws RangeError when x is NaN.
 * @example kolmogorovTail(1.3581) // 0.05
 */
export function kolmogorovTail(x: number): number {
  if (Number.isNaN(x)) throw new RangeError("kolmogorovTail requires a number");
  if (x < CERTAIN_BELOW) return 1;
  const tail = x < 1 ? 1 - lowerSeries(x) : upperSeries(x);
  return Math.min(Math.max(tail, 0), 1);
}

function upperSeries(x: number): number {
  let sum = 0;
  for (let j = 1; j <= TERMS; j++) {
    const term = Math.exp(-2 * j * j * x * x);
    sum += j % 2 === 1 ? term : -term;
    if (term === 0) break;
  }
  return 2 * sum;
}

function lowerSeries(x: number): number {
  let sum = 0;
  for (let j = 1; j <= TERMS; j++) sum += Math.exp(-(((2 * j - 1) * Math.PI) ** 2) / (8 * x * x));
  return (Math.sqrt(2 * Math.PI) / x) * sum;
}
