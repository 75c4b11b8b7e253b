import { weightedMean } from "./newton-logistic.ts";

/** Platt's sigmoid: P(fraud | f) = 1 / (1 + exp(a f + b)). A useful score has a < 0. */
export type PlattFit = { readonly a: number; readonly b: number };

const MAX_STEPS = 200;
const CONVERGED = 1e-12;
const RIDGE = 1e-12;

/**
 * Platt scaling (1999) solved to its optimum by Newton steps with backtracking (Lin, Lin and Weng 2007). Targets are
 * smoothed, t+ = (N+ + 1)/(N+ + 2) and t- = 1/(N- + 2), so separable data keep finite parameters. Scores are
 * standardised inside for conditioning. A constant score gives a = 0 and the smoothed base rate. O(n) per step.
 * @throws RangeError when there is no row, lengths differ or a score is not finite.
 */
export function fitPlatt(
  f: ArrayLike<number>,
  labels: ArrayLike<number>,
  rowWeights: ArrayLike<number> | null = null,
): PlattFit {
  if (f.length === 0 || f.length !== labels.length)
    throw new RangeError("Platt scaling requires labelled scores");
  const { z, mean, deviation } = standardised(f);
  const { low, high } = smoothedTargets(labels);
  const targets = Float64Array.from(labels, (label) => (label === 1 ? high : low));
  const targetMean = weightedMean(targets, rowWeights);
  let a = 0;
  let b = Math.log((1 - targetMean) / targetMean);
  if (deviation === 0) return { a: 0, b };
  const rows = { z, targets, rowWeights };
  let loss = lossAt(rows, a, b);
  for (let step = 0; step < MAX_STEPS; step++) {
    const move = newtonMove(rows, a, b);
    // Within rounding of the optimum the loss cannot judge a step any more; Newton's last full step can be trusted.
    const isLast = -move.slope <= CONVERGED * (1 + loss);
    const size = isLast
      ? 1
      : acceptedSize((s) => lossAt(rows, a + s * move.a, b + s * move.b), loss, move.slope);
    a += size * move.a;
    b += size * move.b;
    if (isLast || size === 0) break;
    loss = lossAt(rows, a, b);
  }
  return { a: a / deviation, b: b - (a * mean) / deviation };
}

/** Smoothed training targets of Platt (1999), which also keep isotonic probabilities off 0 and 1. */
export function smoothedTargets(labels: ArrayLike<number>): { low: number; high: number } {
  let positives = 0;
  for (let i = 0; i < labels.length; i++) positives += labels[i] === 1 ? 1 : 0;
  return { low: 1 / (labels.length - positives + 2), high: (positives + 1) / (positives + 2) };
}

/** 1 / (1 + exp(a f + b)), without overflow. */
export function plattProbability({ a, b }: PlattFit, f: number): number {
  return 1 / (1 + Math.exp(a * f + b));
}

function standardised(f: ArrayLike<number>): { z: Float64Array; mean: number; deviation: number } {
  const z = Float64Array.from(f);
  if (!z.every(Number.isFinite)) throw new RangeError("Platt scaling requires finite scores");
  const mean = z.reduce((sum, value) => sum + value / z.length, 0);
  const deviation = Math.sqrt(z.reduce((sum, value) => sum + (value - mean) ** 2 / z.length, 0));
  const isConstant = z.every((value) => value === z[0]);
  if (isConstant) return { z, mean, deviation: 0 };
  return { z: z.map((value) => (value - mean) / deviation), mean, deviation };
}

type PlattRows = {
  readonly z: Float64Array;
  readonly targets: Float64Array;
  readonly rowWeights: ArrayLike<number> | null;
};

/** Cross-entropy in the form that stays finite for large |a z + b|. */
function lossAt({ z, targets, rowWeights }: PlattRows, a: number, b: number): number {
  let loss = 0;
  for (let i = 0; i < z.length; i++) {
    const u = a * (z[i] as number) + b;
    const t = targets[i] as number;
    const counts = rowWeights === null ? 1 : (rowWeights[i] as number);
    loss += counts * (u >= 0 ? t * u + Math.log1p(Math.exp(-u)) : (t - 1) * u + Math.log1p(Math.exp(u)));
  }
  return loss;
}

/** Halves a step until it lowers the loss enough (Armijo); 0 when none does. */
function acceptedSize(lossOf: (size: number) => number, loss: number, slope: number): number {
  for (let size = 1; size > 1e-10; size /= 2) {
    if (lossOf(size) <= loss + 1e-4 * size * slope) return size;
  }
  return 0;
}

function newtonMove(
  { z, targets, rowWeights }: PlattRows,
  a: number,
  b: number,
): { a: number; b: number; slope: number } {
  let [gradientA, gradientB] = [0, 0];
  let [aa, ab, bb] = [RIDGE, 0, RIDGE];
  for (let i = 0; i < z.length; i++) {
    const value = z[i] as number;
    const p = 1 / (1 + Math.exp(a * value + b));
    const counts = rowWeights === null ? 1 : (rowWeights[i] as number);
    const gap = counts * ((targets[i] as number) - p);
    const curvature = counts * p * (1 - p);
    gradientA += value * gap;
    gradientB += gap;
    aa += value * value * curvature;
    ab += value * curvature;
    bb += curvature;
  }
  const determinant = aa * bb - ab * ab;
  const moveA = -(bb * gradientA - ab * gradientB) / determinant;
  const moveB = -(aa * gradientB - ab * gradientA) / determinant;
  return { a: moveA, b: moveB, slope: gradientA * moveA + gradientB * moveB };
}
