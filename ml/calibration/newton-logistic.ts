import { softplus } from "#ml/math/softplus.ts";

/** A few columns of equal length, and a target in [0, 1] for each row; without weights every row counts 1. */
export type LogisticRows = {
  readonly columns: readonly Float64Array[];
  readonly targets: Float64Array;
  readonly rowWeights?: ArrayLike<number> | null;
};

const MAX_STEPS = 100;
const CONVERGED = 1e-12;
const RIDGE = 1e-12;

export type LogisticFit = {
  readonly slopes: readonly number[];
  readonly intercept: number;
  readonly loss: number;
};

/**
 * Unpenalised logistic regression on one to three columns, solved to its optimum by Newton steps with backtracking
 * (Armijo) on standardised columns. A constant column gets slope 0; without columns the intercept is the log-odds of
 * the mean target, which must lie inside (0, 1). `loss` is the summed cross-entropy. O(rows) per step.
 */
export function fitLogistic({ columns, targets, rowWeights = null }: LogisticRows): LogisticFit {
  const scales = columns.map(scaleOf);
  const z = columns.map((column, j) => {
    const { mean, deviation } = scales[j] ?? { mean: 0, deviation: 0 };
    return column.map((value) => (deviation === 0 ? 0 : (value - mean) / deviation));
  });
  const rows = { columns: z, targets, rowWeights };
  const mean = weightedMean(targets, rowWeights);
  let weights = [...columns.map(() => 0), Math.log(mean) - Math.log1p(-mean)];
  let loss = lossAt(rows, weights);
  for (let step = 0; step < MAX_STEPS; step++) {
    const { move, slope } = newtonMove(rows, weights);
    if (-slope <= CONVERGED * (1 + loss)) break;
    const next = acceptedStep(rows, { weights, move, slope, loss });
    if (next === null) break;
    ({ weights, loss } = next);
  }
  const slopes = scales.map(({ deviation }, j) => (deviation === 0 ? 0 : (weights[j] ?? 0) / deviation));
  const shift = scales.reduce((sum, scale, j) => sum + scale.mean * (slopes[j] ?? 0), 0);
  return { slopes, intercept: (weights.at(-1) ?? 0) - shift, loss };
}

/** Mean of values that count as much as their weights say. */
export function weightedMean(values: Float64Array, weights: ArrayLike<number> | null): number {
  if (weights === null) return values.reduce((sum, value) => sum + value, 0) / values.length;
  let [sum, total] = [0, 0];
  for (let row = 0; row < values.length; row++) {
    sum += (weights[row] as number) * (values[row] as number);
    total += weights[row] as number;
  }
  return sum / total;
}

function scaleOf(column: Float64Array): { mean: number; deviation: number } {
  const mean = column.reduce((sum, value) => sum + value / column.length, 0);
  const isConstant = column.every((value) => value === column[0]);
  if (isConstant) return { mean, deviation: 0 };
  return { mean, deviation: Math.sqrt(column.reduce((sum, v) => sum + (v - mean) ** 2 / column.length, 0)) };
}

function logOddsAt(columns: readonly Float64Array[], weights: readonly number[], row: number): number {
  let sum = weights[columns.length] as number;
  for (let j = 0; j < columns.length; j++)
    sum += (weights[j] as number) * ((columns[j] as Float64Array)[row] as number);
  return sum;
}

function lossAt({ columns, targets, rowWeights = null }: LogisticRows, weights: readonly number[]): number {
  let loss = 0;
  for (let row = 0; row < targets.length; row++) {
    const u = logOddsAt(columns, weights, row);
    loss +=
      (rowWeights === null ? 1 : (rowWeights[row] as number)) * (softplus(u) - (targets[row] as number) * u);
  }
  return loss;
}

type Step = {
  readonly weights: number[];
  readonly move: number[];
  readonly slope: number;
  readonly loss: number;
};

/** Halves a step until it lowers the loss enough (Armijo); null when none does. */
function acceptedStep(
  rows: LogisticRows,
  { weights, move, slope, loss }: Step,
): Pick<Step, "weights" | "loss"> | null {
  for (let size = 1; size > 1e-10; size /= 2) {
    const next = weights.map((weight, j) => weight + size * (move[j] ?? 0));
    const nextLoss = lossAt(rows, next);
    if (nextLoss <= loss + 1e-4 * size * slope) return { weights: next, loss: nextLoss };
  }
  return null;
}

/** The Newton step, and the slope of the loss along it (negative). */
function newtonMove(
  { columns, targets, rowWeights = null }: LogisticRows,
  weights: readonly number[],
): { move: number[]; slope: number } {
  const size = weights.length;
  const gradient = new Array<number>(size).fill(0);
  const hessian = weights.map((_, i) => weights.map((_, j) => (i === j ? RIDGE : 0)));
  const x = new Float64Array(size).fill(1);
  for (let row = 0; row < targets.length; row++) {
    for (let j = 0; j < columns.length; j++) x[j] = (columns[j] as Float64Array)[row] as number;
    const p = 1 / (1 + Math.exp(-logOddsAt(columns, weights, row)));
    const counts = rowWeights === null ? 1 : (rowWeights[row] as number);
    for (let i = 0; i < size; i++) {
      gradient[i] = (gradient[i] as number) + counts * (p - (targets[row] as number)) * (x[i] as number);
      const line = hessian[i] as number[];
      for (let j = 0; j <= i; j++)
        line[j] = (line[j] as number) + counts * p * (1 - p) * (x[i] as number) * (x[j] as number);
    }
  }
  const move = solve(
    hessian,
    gradient.map((value) => -value),
  );
  return { move, slope: move.reduce((sum, value, i) => sum + value * (gradient[i] ?? 0), 0) };
}

/** Solves a positive definite system of which the lower half is given, by Cholesky's decomposition. */
function solve(lower: number[][], right: readonly number[]): number[] {
  const at = (i: number, j: number): number => lower[i]?.[j] ?? 0;
  const root = lower.map((line) => line.map(() => 0));
  const rootAt = (i: number, j: number): number => root[i]?.[j] ?? 0;
  const y: number[] = [];
  for (let i = 0; i < right.length; i++) {
    const line = root[i] ?? [];
    for (let j = 0; j <= i; j++) {
      let sum = at(i, j);
      for (let k = 0; k < j; k++) sum -= rootAt(i, k) * rootAt(j, k);
      line[j] = i === j ? Math.sqrt(Math.max(sum, RIDGE)) : sum / rootAt(j, j);
    }
    const known = y.reduce((sum, value, k) => sum + rootAt(i, k) * value, 0);
    y.push(((right[i] ?? 0) - known) / rootAt(i, i));
  }
  const out = [...y];
  for (let i = out.length - 1; i >= 0; i--) {
    for (let k = i + 1; k < out.length; k++) out[i] = (out[i] ?? 0) - rootAt(k, i) * (out[k] ?? 0);
    out[i] = (out[i] ?? 0) / rootAt(i, i);
  }
  return out;
}
