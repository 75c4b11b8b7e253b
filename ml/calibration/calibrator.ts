import { createRng } from "#ml/math/seeded-random.ts";
import { betaProbability, fitBeta } from "./beta.ts";
import { interpolateClipped, isotonicBlocks } from "./isotonic.ts";
import { fitPlatt, plattProbability, smoothedTargets } from "./platt.ts";

/**
 * Turns a margin (log-odds of the raw model) into a probability of fraud; plain JSON, stored with a model version.
 * - isotonic: linear in the margin between the centres of the pooled blocks, so that rows of one block keep their
 *   order; beyond the end centres the log-odds go on with slope `tailSlope` (at least 0).
 * - platt: 1 / (1 + exp(a margin + b)), a at most 0.
 * - beta: log-odds a ln s - b ln(1 - s) + c of the margin's sigmoid s, a and b at least 0.
 * - identity: the margin's own sigmoid.
 */
export type Calibrator =
  | {
      readonly kind: "isotonic";
      readonly margins: readonly number[];
      readonly probabilities: readonly number[];
      readonly tailSlope: number;
    }
  | { readonly kind: "platt"; readonly a: number; readonly b: number }
  | { readonly kind: "beta"; readonly a: number; readonly b: number; readonly c: number }
  | { readonly kind: "identity" };

export type CalibratorKind = Calibrator["kind"];

/** `brier` is out of sample, cross-fitted over the same folds; null where the data could not tell. */
export type CalibratorChoice = {
  readonly calibrator: Calibrator;
  readonly chosen: CalibratorKind;
  readonly brier: Record<CalibratorKind, number | null>;
};

const FOLDS = 5;

/** Kinds that compete, fewest parameters first. */
const rivals = ["platt", "beta", "isotonic"] as const;

/** Labelled margins; without weights every row counts 1. */
type Rows = {
  readonly margins: Float64Array;
  readonly labels: Uint8Array;
  readonly weights: Float64Array | null;
};

const refit: Record<(typeof rivals)[number], (rows: Rows) => Calibrator> = {
  platt: plattOf,
  beta: monotoneBeta,
  isotonic: (rows) => servingIsotonic(rows.margins, rows.labels, plattOf(rows), rows.weights),
};

/**
 * Probability in [0, 1] for a margin; non-decreasing in the margin and never NaN for a finite one. A margin that is
 * not a number gives NaN: whoever decides must send it to review.
 */
export function calibrate(calibrator: Calibrator, margin: number): number {
  if (Number.isNaN(margin)) return Number.NaN;
  const bounded = Math.min(Math.max(margin, -Number.MAX_VALUE), Number.MAX_VALUE);
  switch (calibrator.kind) {
    case "identity":
      return sigmoid(bounded);
    case "platt":
      return plattProbability(calibrator, bounded);
    case "beta":
      return betaProbability(calibrator, bounded);
    case "isotonic":
      return isotonicProbability(calibrator, bounded);
  }
}

/**
 * Fits Platt's, beta and isotonic calibration and keeps the one with the lowest Brier score. The comparison is cross-fitted: the slice is
 * cut into folds (stratified by label, seeded), each fold is judged by calibrators fitted on the others; the winner is
 * then fitted again on the whole slice. Rows count as much as their weights say, in fits and scores alike. With fewer
 * than 2 rows of a class nothing can be compared: Platt if both classes are there, identity if not. Ties go to the one with fewer parameters. O(n log n).
 * @throws RangeError when lengths differ or a margin is not finite.
 */
export function fitCalibrator(
  margins: Float64Array,
  labels: Uint8Array,
  seed = 1,
  weights: Float64Array | null = null,
): CalibratorChoice {
  if (margins.length !== labels.length) throw new RangeError("every margin needs a label");
  if (!margins.every(Number.isFinite)) throw new RangeError("margins must be finite");
  const positives = labels.reduce((count, label) => count + (label === 1 ? 1 : 0), 0);
  const rarer = Math.min(positives, labels.length - positives);
  const rows = { margins, labels, weights };
  const none = { isotonic: null, platt: null, beta: null, identity: null };
  if (rarer === 0) return { calibrator: { kind: "identity" }, chosen: "identity", brier: none };
  if (rarer === 1) return { calibrator: plattOf(rows), chosen: "platt", brier: none };
  const brier = crossFittedBrier(rows, foldsOf(labels, Math.min(FOLDS, rarer), seed));
  const chosen = rivals.reduce((best, rival) => (brier[rival] < brier[best] ? rival : best));
  return { calibrator: refit[chosen](rows), chosen, brier };
}

/**
 * Isotonic calibrator for serving, on Platt's smoothed targets, so that no probability is exactly 0 or 1. The tails
 * take the slope of `platt`, a Platt fit on the same rows.
 */
export function servingIsotonic(
  margins: Float64Array,
  labels: Uint8Array,
  platt = monotonePlatt(margins, labels),
  weights: Float64Array | null = null,
): Calibrator {
  const blocks = isotonicBlocks(margins, labels, weights);
  const { low, high } = smoothedTargets(labels);
  return {
    kind: "isotonic",
    margins: blocks.map((block) => block.centre),
    probabilities: blocks.map((block) => low + (high - low) * block.value),
    tailSlope: -platt.a,
  };
}

/** Platt's fit; where it would fall with the margin it is held flat at the smoothed base rate. */
export function monotonePlatt(
  margins: Float64Array,
  labels: Uint8Array,
  weights: Float64Array | null = null,
): { kind: "platt"; a: number; b: number } {
  const fit = fitPlatt(margins, labels, weights);
  return {
    kind: "platt",
    ...(fit.a <= 0 ? fit : fitPlatt(new Float64Array(margins.length), labels, weights)),
  };
}

function plattOf({ margins, labels, weights }: Rows): { kind: "platt"; a: number; b: number } {
  return monotonePlatt(margins, labels, weights);
}

function monotoneBeta({ margins, labels, weights }: Rows): { kind: "beta"; a: number; b: number; c: number } {
  return { kind: "beta", ...fitBeta(margins, labels, weights) };
}

function crossFittedBrier(
  { margins, labels, weights }: Rows,
  folds: Uint8Array,
): Record<CalibratorKind, number> {
  const squares = { isotonic: 0, platt: 0, beta: 0, identity: 0 };
  const foldCount = folds.reduce((most, fold) => Math.max(most, fold), 0) + 1;
  for (let fold = 0; fold < foldCount; fold++) {
    const outside = (_: number, i: number): boolean => folds[i] !== fold;
    const rest = {
      margins: margins.filter(outside),
      labels: labels.filter(outside),
      weights: weights?.filter(outside) ?? null,
    };
    const platt = plattOf(rest);
    const fitted = [
      platt,
      monotoneBeta(rest),
      servingIsotonic(rest.margins, rest.labels, platt, rest.weights),
      { kind: "identity" },
    ] as const;
    for (const rival of fitted) {
      for (let i = 0; i < margins.length; i++) {
        if (folds[i] !== fold) continue;
        const counts = weights === null ? 1 : (weights[i] as number);
        squares[rival.kind] += counts * (calibrate(rival, margins[i] as number) - (labels[i] as number)) ** 2;
      }
    }
  }
  const total = weights === null ? margins.length : weights.reduce((sum, weight) => sum + weight, 0);
  const mean = (kind: CalibratorKind): number => squares[kind] / total;
  return { isotonic: mean("isotonic"), platt: mean("platt"), beta: mean("beta"), identity: mean("identity") };
}

/** Fold of each row: shuffled within each class, then dealt out in turn. */
function foldsOf(labels: Uint8Array, foldCount: number, seed: number): Uint8Array {
  const rng = createRng(`calibration:${seed}`);
  const folds = new Uint8Array(labels.length);
  for (const label of [0, 1]) {
    const rows = Array.from(labels.keys()).filter((i) => labels[i] === label);
    for (let i = rows.length - 1; i >= 0; i--) {
      const j = rng.integer(i + 1);
      const picked = rows[j] as number;
      rows[j] = rows[i] as number;
      folds[picked] = i % foldCount;
    }
  }
  return folds;
}

function isotonicProbability(calibrator: Calibrator & { kind: "isotonic" }, margin: number): number {
  const { margins, probabilities, tailSlope } = calibrator;
  const last = margins.length - 1;
  const [low, high] = [margins[0] ?? 0, margins[last] ?? 0];
  if (last >= 0 && margin < low) return lowerTail(probabilities[0] ?? 0, tailSlope * (margin - low));
  if (last >= 0 && margin > high) return upperTail(probabilities[last] ?? 0, tailSlope * (margin - high));
  return interpolateClipped(margins, probabilities, margin) ?? sigmoid(margin);
}

// Rounding must not lift a tail over its own end point.
const lowerTail = (p: number, shift: number): number => Math.min(p, shifted(p, shift));
const upperTail = (p: number, shift: number): number => Math.max(p, shifted(p, shift));

/** Probability whose log-odds lie `shift` from those of p. */
function shifted(p: number, shift: number): number {
  if (p <= 0 || p >= 1 || shift === 0) return p;
  return sigmoid(Math.log(p) - Math.log1p(-p) + shift);
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
