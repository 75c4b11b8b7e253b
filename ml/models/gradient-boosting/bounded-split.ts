import type { Found, NodeFeature } from "./best-split.ts";
import { type Sums, unpack } from "./packed-gradients.ts";

/** Least and largest value that the leaves under a node may take, before shrinkage. */
export type Bounds = { readonly low: number; readonly high: number };

export const noBounds: Bounds = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

/** Direction in which margins may go as a feature grows. */
export type Direction = -1 | 0 | 1;

/**
 * The best value that the bounds allow, and its gain -(2 G v + (H + l2) v^2): G^2 / (H + l2) where no bound is met
 * (XGBoost's CalcWeight and CalcGainGivenWeight).
 */
export function boundedValue(
  { gradient, hessian }: Sums,
  l2: number,
  { low, high }: Bounds,
): { readonly value: number; readonly gain: number } {
  const free = hessian + l2 > 0 ? -gradient / (hessian + l2) : 0;
  const value = Math.max(low, Math.min(high, free));
  return { value, gain: -(2 * gradient * value + (hessian + l2) * value * value) };
}

/**
 * Bounds of the children of a split: a feature with a direction parts the values of all leaves below at the middle of
 * its children's own (the basic method of XGBoost and LightGBM). Other features hand the node's bounds down.
 */
export function childBounds(
  bounds: Bounds,
  direction: Direction,
  { left, right, l2 }: { readonly left: Sums; readonly right: Sums; readonly l2: number },
): { readonly left: Bounds; readonly right: Bounds } {
  if (direction === 0) return { left: bounds, right: bounds };
  const middle = (boundedValue(left, l2, bounds).value + boundedValue(right, l2, bounds).value) / 2;
  const below = { low: bounds.low, high: middle };
  const above = { low: middle, high: bounds.high };
  return direction > 0 ? { left: below, right: above } : { left: above, right: below };
}

/** As the free scan of `bestSplit`, with values held to the node's bounds, and cuts against the direction left out. */
export function scanBounded(
  histograms: Float64Array,
  feature: NodeFeature & { readonly bounds: Bounds; readonly direction: Direction },
  found: Found,
): void {
  const { at, cuts, missing, total, scale, rules, bounds, direction } = feature;
  const last = missing === 0 ? cuts - 1 : cuts;
  let known = 0;
  for (let code = 0; code <= last; code++) {
    const bin = histograms[at + code] as number;
    if (bin === 0) continue;
    known += bin;
    for (let side = missing === 0 ? 1 : 0; side < 2; side++) {
      const left = side === 0 ? known : known + missing;
      const [leftSums, rightSums] = [unpack(left, scale), unpack(total - left, scale)];
      if (Math.min(leftSums.hessian, rightSums.hessian) < rules.minChildHessian) continue;
      const [l, r] = [boundedValue(leftSums, rules.l2, bounds), boundedValue(rightSums, rules.l2, bounds)];
      if (direction * (r.value - l.value) < 0 || !(l.gain + r.gain > found.gain)) continue;
      found.gain = l.gain + r.gain;
      found.column = feature.column;
      found.code = code;
      found.missingRight = missing === 0 ? rightSums.hessian > leftSums.hessian : side === 0;
      found.left = left;
    }
  }
}
