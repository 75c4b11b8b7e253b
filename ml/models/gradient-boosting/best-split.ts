import type { FeatureBins } from "./feature-bins.ts";
import type { HistogramLayout } from "./histogram.ts";

/** Sums of gradients and Hessians over some rows. */
export type Sums = { readonly gradient: number; readonly hessian: number };

export type SplitRules = {
  readonly l2: number;
  readonly minChildHessian: number;
  readonly minGain: number;
};

export type Split = {
  readonly column: number;
  /** Codes up to this one go left. */
  readonly code: number;
  readonly missingRight: boolean;
  readonly gain: number;
  readonly left: Sums;
  readonly right: Sums;
};

/** Smaller gains are rounding (XGBoost's kRtEps). */
const LEAST_GAIN = 1e-6;
/** Less Hessian than this in the missing bin is what subtraction leaves of an empty one. */
const NO_HESSIAN = 1e-9;

/** Twice the loss that the best leaf value saves: G^2 / (H + l2) (Chen and Guestrin 2016, equation 6). */
export function leafGain({ gradient, hessian }: Sums, l2: number): number {
  return (gradient * gradient) / (hessian + l2);
}

/** Leaf value of least loss: -G / (H + l2) (equation 5); 0 where nothing was seen. */
export function leafValue({ gradient, hessian }: Sums, l2: number): number {
  return hessian + l2 > 0 ? -gradient / (hessian + l2) : 0;
}

/**
 * The split of a node with the largest gain, GL^2 / (HL + l2) + GR^2 / (HR + l2) - G^2 / (H + l2), or null when none
 * is allowed or worth it. (As in XGBoost's code, twice equation 7 of the paper.) Missing values are tried on both
 * sides, alone too; where a node has none they follow the heavier child. Equal gains go to the first feature and the
 * lowest cut.
 */
export function bestSplit(
  histogram: Float64Array,
  layout: HistogramLayout,
  bins: readonly FeatureBins[],
  node: { readonly sums: Sums; readonly rules: SplitRules },
): Split | null {
  const least = Math.max(node.rules.minGain, LEAST_GAIN) + leafGain(node.sums, node.rules.l2);
  const found = { gain: least, c: -1, code: 0, missingRight: false, gradient: 0, hessian: 0 };
  for (let c = 0; c < layout.columns.length; c++) {
    const { cuts, hasMissing } = bins[layout.columns[c] as number] as FeatureBins;
    const at = layout.offsets[c] as number;
    const missingAt = at + 2 * (cuts.length + 1);
    const missing = {
      gradient: hasMissing ? (histogram[missingAt] as number) : 0,
      hessian: hasMissing ? (histogram[missingAt + 1] as number) : 0,
    };
    scanFeature(histogram, { c, at, cuts: cuts.length, missing }, node, found);
  }
  if (found.c < 0) return null;
  const { gradient, hessian } = node.sums;
  return {
    column: layout.columns[found.c] as number,
    code: found.code,
    missingRight: found.missingRight,
    gain: found.gain - leafGain(node.sums, node.rules.l2),
    left: { gradient: found.gradient, hessian: found.hessian },
    right: { gradient: gradient - found.gradient, hessian: hessian - found.hessian },
  };
}

type Feature = { readonly c: number; readonly at: number; readonly cuts: number; readonly missing: Sums };
type Found = {
  gain: number;
  c: number;
  code: number;
  missingRight: boolean;
  gradient: number;
  hessian: number;
};

function scanFeature(
  histogram: Float64Array,
  { c, at, cuts, missing }: Feature,
  { sums, rules }: { readonly sums: Sums; readonly rules: SplitRules },
  found: Found,
): void {
  const { l2, minChildHessian } = rules;
  const someMissing = missing.hessian > NO_HESSIAN;
  const last = someMissing ? cuts : cuts - 1;
  let gradient = 0;
  let hessian = 0;
  for (let code = 0; code <= last; code++) {
    gradient += histogram[at + 2 * code] as number;
    hessian += histogram[at + 2 * code + 1] as number;
    // Missing values right, then left.
    for (let side = 0; side < (someMissing ? 2 : 1); side++) {
      const gl = side === 0 ? gradient : gradient + missing.gradient;
      const hl = side === 0 ? hessian : hessian + missing.hessian;
      const gr = sums.gradient - gl;
      const hr = sums.hessian - hl;
      if (hl < minChildHessian || hr < minChildHessian) continue;
      const gain = (gl * gl) / (hl + l2) + (gr * gr) / (hr + l2);
      if (!(gain > found.gain)) continue;
      found.gain = gain;
      found.c = c;
      found.code = code;
      found.missingRight = someMissing ? side === 0 : hr > hl;
      found.gradient = gl;
      found.hessian = hl;
    }
  }
}
