import { fitPlatt } from "#ml/calibration/platt.ts";
import { averagePrecision } from "#ml/evaluation/ranking.ts";
import { fitNonNegativeLogistic } from "#ml/models/ensemble/non-negative-logistic.ts";

/** Ways to weigh members, simplest first. */
export const blendKinds = ["mean of 2", "mean of 3", "stacked"] as const;
export type BlendKind = (typeof blendKinds)[number];

/** Margins of each member on the same rows. */
export type MemberMargins = { readonly margins: readonly Float64Array[]; readonly labels: Uint8Array };

/** Intercept + sum of weight x member's margin. */
export type Blend = { readonly weights: Float64Array; readonly intercept: number };

/** Legitimate rows that weights are fitted on; more only cost time. */
const MOST_NEGATIVES = 50_000;
/** Ridge of stacking, on log-odds as they come: matters only where frauds are few. */
const STACKING_RIDGE = 1;

/**
 * The blends of the members' margins, fitted on rows that no member learned from. Each member is first put on the
 * scale of log-odds by Platt's fit, so that margins of different families can be added. Means are of the members with
 * the best average precision on these rows; stacked weights are those of a non-negative logistic regression.
 * Where legitimate rows are thinned the intercept is too high by the same amount for all: calibration takes it up.
 */
export function fitBlends(rows: MemberMargins): Map<BlendKind, Blend> {
  const { margins, labels } = thinned(rows);
  const platts = margins.map((column) => fitPlatt(column, labels));
  // A member that ranks frauds below the rest says nothing.
  const slopes = platts.map(({ a }) => Math.max(0, -a));
  const columns = margins.map((column, k) =>
    column.map((margin) => (slopes[k] as number) * margin - (platts[k]?.b ?? 0)),
  );
  const precision = margins.map((column, k) =>
    slopes[k] === 0 ? 0 : (averagePrecision(column, labels) ?? 0),
  );
  const onMargins = (weights: ArrayLike<number>, intercept: number): Blend => ({
    weights: Float64Array.from(slopes, (slope, k) => slope * (weights[k] ?? 0)),
    intercept: platts.reduce((sum, { b }, k) => sum - b * (weights[k] ?? 0), intercept),
  });
  const best = precision.map((_, k) => k).sort((i, j) => (precision[j] ?? 0) - (precision[i] ?? 0) || j - i);
  const meanOf = (count: number): Blend =>
    onMargins(
      margins.map((_, k) => (best.indexOf(k) < count ? 1 / count : 0)),
      0,
    );
  const blends = new Map<BlendKind, Blend>([["mean of 2", meanOf(2)]]);
  if (margins.length > 2) blends.set("mean of 3", meanOf(3));
  const stacked = stackedWeights(columns, labels);
  blends.set("stacked", stacked === null ? meanOf(2) : onMargins(stacked.weights, stacked.intercept));
  return blends;
}

/** The blend's margins of rows whose members' margins are given. */
export function blended({ weights, intercept }: Blend, margins: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(margins[0]?.length ?? 0).fill(intercept);
  for (const [k, column] of margins.entries()) {
    const weight = weights[k] as number;
    for (let row = 0; row < out.length; row++) {
      out[row] = (out[row] as number) + weight * (column[row] as number);
    }
  }
  return out;
}

/** Null where there is nothing to learn weights from, or no member helps. */
function stackedWeights(
  columns: readonly Float64Array[],
  labels: Uint8Array,
): ReturnType<typeof fitNonNegativeLogistic> | null {
  if (!labels.includes(0) || !labels.includes(1)) return null;
  const fit = fitNonNegativeLogistic(columns, labels, STACKING_RIDGE);
  return fit.weights.some((weight) => weight > 0) ? fit : null;
}

/** Every fraud and evenly spaced legitimate rows. */
function thinned({ margins, labels }: MemberMargins): MemberMargins {
  const frauds = labels.reduce((sum, label) => sum + label, 0);
  const step = (labels.length - frauds) / MOST_NEGATIVES;
  if (step <= 1) return { margins, labels };
  let negative = 0;
  const keep = labels.map((label) => {
    if (label === 1) return 1;
    const kept = Math.floor(negative / step) !== Math.floor((negative - 1) / step);
    negative++;
    return Number(kept);
  });
  const isKept = (_: number, row: number): boolean => keep[row] === 1;
  return { margins: margins.map((column) => column.filter(isKept)), labels: labels.filter(isKept) };
}
