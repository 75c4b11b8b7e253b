/** Least Hessian of a row, so that rows already certain keep a finite leaf value (XGBoost's kRtEps squared). */
const LEAST_HESSIAN = 1e-16;

type Labelled = {
  readonly rows: number;
  readonly labels: Uint8Array;
  readonly weights: Float64Array | null;
};

/** Log-odds of the weighted prevalence, with half a row added to either class so that a single class stays finite. */
export function startMargin({ rows, labels, weights }: Labelled): number {
  let [frauds, total] = [0, 0];
  for (let row = 0; row < rows; row++) {
    const weight = weights === null ? 1 : (weights[row] as number);
    total += weight;
    frauds += weight * (labels[row] as number);
  }
  return Math.log((frauds + 0.5) / (total - frauds + 0.5));
}

/** Gradient w (p - y) and Hessian w p (1 - p) of the log loss at each margin, side by side in `pairs`. */
export function logisticGradients(
  { rows, labels, weights }: Labelled,
  margins: Float64Array,
  pairs: Float32Array,
): void {
  for (let row = 0; row < rows; row++) {
    const p = 1 / (1 + Math.exp(-(margins[row] as number)));
    const weight = weights === null ? 1 : (weights[row] as number);
    pairs[2 * row] = weight * (p - (labels[row] as number));
    pairs[2 * row + 1] = weight * Math.max(p * (1 - p), LEAST_HESSIAN);
  }
}

/** Weighted mean of log(1 + e^z) - y z. Null without rows. */
export function meanLogLoss({ rows, labels, weights }: Labelled, margins: Float64Array): number | null {
  let [sum, total] = [0, 0];
  for (let row = 0; row < rows; row++) {
    const z = margins[row] as number;
    const weight = weights === null ? 1 : (weights[row] as number);
    sum += weight * (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - (labels[row] as number) * z);
    total += weight;
  }
  return total > 0 ? sum / total : null;
}
