export type NonNegativeFit = { readonly weights: Float64Array; readonly intercept: number };

const MAX_STEPS = 50;
const CONVERGED = 1e-12;
const SWEEPS = 200;

/**
 * Logistic regression with weights held at 0 or above and a ridge of l2 / 2 |weights|^2 beside the summed log loss;
 * the intercept is free. Stacking keeps to such weights because members agree with one another and free weights would
 * play them off against each other (Breiman 1996). Newton steps on the quadratic model, solved under the bound by
 * coordinate descent (as glmnet does, Friedman, Hastie and Tibshirani 2010), with step halving; convex, so the start
 * does not matter. `columns` hold one value per row. O(rows x columns^2) per step.
 * @throws RangeError when lengths differ or a class is absent.
 */
export function fitNonNegativeLogistic(
  columns: readonly Float64Array[],
  labels: Uint8Array,
  l2: number,
): NonNegativeFit {
  const rows = labels.length;
  if (columns.some((column) => column.length !== rows)) throw new RangeError("every row needs every column");
  const frauds = labels.reduce((sum, label) => sum + label, 0);
  if (frauds === 0 || frauds === rows) throw new RangeError("weights need rows of both classes");
  const inputs = [...columns, new Float64Array(rows).fill(1)];
  let x = new Float64Array(inputs.length);
  x[columns.length] = Math.log(frauds / (rows - frauds));
  let loss = lossAt(inputs, labels, x, l2);
  for (let step = 0; step < MAX_STEPS; step++) {
    const target = newtonPoint(inputs, labels, x, l2);
    let size = 1;
    let next = x;
    let nextLoss = Number.POSITIVE_INFINITY;
    for (; size > 1e-6; size /= 2) {
      next = x.map((value, k) => value + size * ((target[k] as number) - value));
      nextLoss = lossAt(inputs, labels, next, l2);
      if (nextLoss <= loss) break;
    }
    const gain = loss - nextLoss;
    if (gain >= 0) [x, loss] = [next, nextLoss];
    if (!(gain > CONVERGED * (1 + loss))) break;
  }
  return { weights: x.slice(0, columns.length), intercept: x[columns.length] as number };
}

function lossAt(inputs: readonly Float64Array[], labels: Uint8Array, x: Float64Array, l2: number): number {
  let loss = 0;
  for (let row = 0; row < labels.length; row++) {
    const z = marginAt(inputs, x, row);
    loss += Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - (labels[row] as number) * z;
  }
  for (let k = 0; k + 1 < x.length; k++) loss += (l2 / 2) * (x[k] as number) ** 2;
  return loss;
}

/** The minimum, with weights at least 0, of the quadratic model of the loss at `x`. */
function newtonPoint(
  inputs: readonly Float64Array[],
  labels: Uint8Array,
  x: Float64Array,
  l2: number,
): Float64Array {
  const size = inputs.length;
  const gradient = new Float64Array(size);
  const hessian = new Float64Array(size * size);
  for (let row = 0; row < labels.length; row++) {
    const p = 1 / (1 + Math.exp(-marginAt(inputs, x, row)));
    const error = p - (labels[row] as number);
    const curvature = p * (1 - p);
    for (let k = 0; k < size; k++) {
      const value = (inputs[k] as Float64Array)[row] as number;
      gradient[k] = (gradient[k] as number) + error * value;
      for (let j = 0; j <= k; j++) {
        const at = k * size + j;
        hessian[at] =
          (hessian[at] as number) + curvature * value * ((inputs[j] as Float64Array)[row] as number);
      }
    }
  }
  for (let k = 0; k + 1 < size; k++) {
    gradient[k] = (gradient[k] as number) + l2 * (x[k] as number);
    hessian[k * size + k] = (hessian[k * size + k] as number) + l2;
  }
  return boundedMinimum(gradient, hessian, x);
}

function boundedMinimum(gradient: Float64Array, hessian: Float64Array, x: Float64Array): Float64Array {
  const size = x.length;
  const entry = (k: number, j: number): number =>
    (j <= k ? hessian[k * size + j] : hessian[j * size + k]) as number;
  const point = Float64Array.from(x);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let moved = 0;
    for (let k = 0; k < size; k++) {
      const curvature = entry(k, k);
      if (!(curvature > 0)) continue;
      let slope = gradient[k] as number;
      for (let j = 0; j < size; j++) slope += entry(k, j) * ((point[j] as number) - (x[j] as number));
      const free = (point[k] as number) - slope / curvature;
      const value = k + 1 === size ? free : Math.max(0, free);
      moved = Math.max(moved, Math.abs(value - (point[k] as number)));
      point[k] = value;
    }
    if (moved < 1e-12) break;
  }
  return point;
}

function marginAt(inputs: readonly Float64Array[], x: Float64Array, row: number): number {
  let z = 0;
  for (let k = 0; k < inputs.length; k++) {
    z += (x[k] as number) * ((inputs[k] as Float64Array)[row] as number);
  }
  return z;
}
