import { softplus } from "#ml/math/softplus.ts";
import { fitLogistic } from "./newton-logistic.ts";
import { smoothedTargets } from "./platt.ts";

/**
 * Beta calibration of a probability s: log-odds a ln s - b ln(1 - s) + c, a and b at least 0. With a = b = 1 and c = 0
 * it changes nothing; a = b is Platt's sigmoid on the margin; a and b apart bend the two ends differently.
 */
export type BetaFit = { readonly a: number; readonly b: number; readonly c: number };

/**
 * Fits beta calibration to margins m = logit(s) (Kull, Silva Filho and Flach 2017): logistic regression on
 * ln s = -softplus(-m) and -ln(1 - s) = softplus(m), which stay exact where s itself would round to 0 or 1. Newton steps
 * with backtracking on Platt's smoothed targets. The loss is convex, so where a or b would come out negative the best
 * monotone fit lies on an edge: the best of those with one of them, or both, at 0. O(n) per step.
 * @throws RangeError when there is no row, lengths differ or a margin is not finite.
 */
export function fitBeta(
  margins: ArrayLike<number>,
  labels: ArrayLike<number>,
  rowWeights: ArrayLike<number> | null = null,
): BetaFit {
  if (margins.length === 0 || margins.length !== labels.length) {
    throw new RangeError("beta calibration requires labelled margins");
  }
  const values = Float64Array.from(margins);
  if (!values.every(Number.isFinite)) throw new RangeError("beta calibration requires finite margins");
  const { low, high } = smoothedTargets(labels);
  const targets = Float64Array.from(labels, (label) => (label === 1 ? high : low));
  const lnS = values.map((m) => -softplus(-m));
  const lnRest = values.map(softplus);
  const free = fitLogistic({ columns: [lnS, lnRest], targets, rowWeights });
  const [a = 0, b = 0] = free.slopes;
  if (a >= 0 && b >= 0) return { a, b, c: free.intercept };
  const onlyA = fitLogistic({ columns: [lnS], targets, rowWeights });
  const onlyB = fitLogistic({ columns: [lnRest], targets, rowWeights });
  const flat = fitLogistic({ columns: [], targets, rowWeights });
  const edges = [
    { a: 0, b: 0, c: flat.intercept, loss: flat.loss },
    { a: onlyA.slopes[0] ?? 0, b: 0, c: onlyA.intercept, loss: onlyA.loss },
    { a: 0, b: onlyB.slopes[0] ?? 0, c: onlyB.intercept, loss: onlyB.loss },
  ].filter((edge) => edge.a >= 0 && edge.b >= 0);
  const { loss: _, ...best } = edges.reduce((least, edge) => (edge.loss < least.loss ? edge : least));
  return best;
}

/** Calibrated probability of a margin; without overflow for any finite margin. */
export function betaProbability({ a, b, c }: BetaFit, margin: number): number {
  return 1 / (1 + Math.exp(a * softplus(-margin) - b * softplus(margin) - c));
}
