import type { ColumnRange } from "./bin-rows.ts";
import { type Bounds, boundedValue, scanBounded } from "./bounded-split.ts";
import type { GradientBoostingOptions } from "./options.ts";
import { type GradientScale, gradientSteps, hessianSteps, type Sums, unpack } from "./packed-gradients.ts";
import { codeCountOf, type TrainingMemory } from "./training-memory.ts";

export type SplitRules = {
  readonly l2: number;
  readonly minChildHessian: number;
  readonly minGain: number;
};

/** The best split of a node as found so far; `column` -1: none. Sums are packed, and exact. */
export type Found = {
  /** The sum of both children's gains, of which the node's own is still to be taken. */
  gain: number;
  column: number;
  code: number;
  missingRight: boolean;
  /** Sum over the rows that go left. */
  left: number;
};

/** One feature's bins of one node: `codes` of them from `at`, the last for missing values if there are any. */
export type NodeFeature = {
  readonly column: number;
  readonly at: number;
  readonly cuts: number;
  readonly missing: number;
  readonly total: number;
  readonly scale: GradientScale;
  readonly rules: SplitRules;
};

/** Smaller gains are rounding (XGBoost's kRtEps). */
const LEAST_GAIN = 1e-6;

/** Twice the loss that the best leaf value saves: G^2 / (H + l2) (Chen and Guestrin 2016, equation 6). */
export function leafGain({ gradient, hessian }: Sums, l2: number): number {
  return hessian + l2 > 0 ? (gradient * gradient) / (hessian + l2) : 0;
}

/** Leaf value of least loss: -G / (H + l2) (equation 5); 0 where nothing was seen. */
export function leafValue({ gradient, hessian }: Sums, l2: number): number {
  return hessian + l2 > 0 ? -gradient / (hessian + l2) : 0;
}

/**
 * The split of a node with the largest gain among some columns: GL^2 / (HL + l2) + GR^2 / (HR + l2) - G^2 / (H + l2),
 * null when none is allowed or worth it. (As in XGBoost's code, twice equation 7 of the paper.) Missing values are
 * tried on both sides, alone too; where a node has none they follow the heavier child. Equal gains go to the first
 * feature and the lowest cut. With monotone constraints values are held to the node's bounds.
 */
export function bestSplit(
  memory: TrainingMemory,
  places: ColumnRange,
  node: { readonly slot: number; readonly scale: GradientScale; readonly bounds: Bounds },
): Found | null {
  const { histograms, columns, offsets, slotLength, options: rules, cutCounts, hasMissing } = memory;
  if (places.from >= places.to) return null;
  const total = nodeSum(memory, node.slot, columns[places.from] as number);
  const sums = unpack(total, node.scale);
  const { monotone } = rules;
  const own = monotone === null ? leafGain(sums, rules.l2) : boundedValue(sums, rules.l2, node.bounds).gain;
  const found = {
    gain: Math.max(rules.minGain, LEAST_GAIN) + own,
    column: -1,
    code: 0,
    missingRight: false,
    left: 0,
  };
  for (let place = places.from; place < places.to; place++) {
    const column = columns[place] as number;
    const at = node.slot * slotLength + (offsets[column] as number);
    const cuts = cutCounts[column] as number;
    const missing = hasMissing[column] === 1 ? (histograms[at + cuts + 1] as number) : 0;
    const feature = { column, at, cuts, missing, total, scale: node.scale, rules };
    if (monotone === null) scanFeature(histograms, feature, found);
    else
      scanBounded(histograms, { ...feature, bounds: node.bounds, direction: monotone[column] ?? 0 }, found);
  }
  return found.column < 0 ? null : found;
}

/** What a node gains undivided. */
export function nodeGain(
  sums: Sums,
  { l2, monotone }: Pick<GradientBoostingOptions, "l2" | "monotone">,
  bounds: Bounds,
): number {
  return monotone === null ? leafGain(sums, l2) : boundedValue(sums, l2, bounds).gain;
}

/** Packed sum over all rows of the node in a slot: that of the bins of any column that is filled. */
export function nodeSum(memory: TrainingMemory, slot: number, column: number): number {
  const from = slot * memory.slotLength + (memory.offsets[column] as number);
  const to = from + codeCountOf(memory, column);
  let sum = 0;
  for (let k = from; k < to; k++) sum += memory.histograms[k] as number;
  return sum;
}

function scanFeature(
  histograms: Float64Array,
  { column, at, cuts, missing, total, scale, rules }: NodeFeature,
  found: Found,
): void {
  const { l2, minChildHessian } = rules;
  const gradientUnit = 1 / scale.gradient;
  const hessianUnit = 1 / scale.hessian;
  const allGradient = gradientSteps(total);
  const allHessian = hessianSteps(total, allGradient);
  const last = missing === 0 ? cuts - 1 : cuts;
  let known = 0;
  for (let code = 0; code <= last; code++) {
    const bin = histograms[at + code] as number;
    // An empty bin moves nothing: the cut before it was as good.
    if (bin === 0) continue;
    known += bin;
    // Missing values right, then left.
    for (let side = missing === 0 ? 1 : 0; side < 2; side++) {
      const left = side === 0 ? known : known + missing;
      const gradient = gradientSteps(left);
      const hessian = hessianSteps(left, gradient);
      const hl = hessian * hessianUnit;
      const hr = (allHessian - hessian) * hessianUnit;
      if (hl < minChildHessian || hr < minChildHessian) continue;
      const gl = gradient * gradientUnit;
      const gr = (allGradient - gradient) * gradientUnit;
      const gain = (gl * gl) / (hl + l2) + (gr * gr) / (hr + l2);
      if (!(gain > found.gain)) continue;
      found.gain = gain;
      found.column = column;
      found.code = code;
      found.missingRight = missing === 0 ? hr > hl : side === 0;
      found.left = left;
    }
  }
}
