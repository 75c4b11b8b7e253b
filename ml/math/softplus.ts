/** ln(1 + e^x) without overflow, exact to rounding on both sides; minus the log of the sigmoid of -x. */
export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}
