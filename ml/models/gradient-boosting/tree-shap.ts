import { finish, type Steps } from "../steps.ts";
import type { Forest } from "./nodes.ts";
import { shapleyLeaf } from "./shapley-leaf.ts";
import { type LargeLeaf, planShapley, type UpperSplit } from "./shapley-plan.ts";
import { type ShapleyTables, shapleyTablesSteps } from "./shapley-tables.ts";
import { type SplitTests, splitTests, spreadRow } from "./split-tests.ts";

/** Writes `width` contributions to the margin of one row into `out` and returns the base margin. */
export type TreeShap = (row: Float64Array, out: Float64Array) => number;

/**
 * Exact path-dependent TreeSHAP (Lundberg et al. 2020), by tables of the Shapley values under every pattern of
 * conditions met (Fast TreeSHAP v2, Yang 2021), here one for each lower end of a tree instead of one for each leaf: a row
 * is compared once with every split, and some leaves together add one line. The base margin is the mean margin over the
 * training rows, as far as covers know.
 */
export function treeShap(forest: Forest): TreeShap {
  return finish(treeShapSteps(forest));
}

/** The same in steps of a tree. */
export function* treeShapSteps(forest: Forest): Steps<TreeShap> {
  const { nodes, width } = forest;
  const plan = planShapley(forest);
  yield;
  const tables = yield* shapleyTablesSteps(plan.small);
  const tests = splitTests(
    nodes,
    plan.small.flatMap(({ splits }) => splits),
    width,
  );
  const pass = maskPass(
    plan.upper,
    splitTests(
      nodes,
      plan.upper.map(({ node }) => node),
      width,
    ),
  );
  const masks = new Uint32Array(plan.places);
  const spread = new Float64Array(3 * width);
  return (row, out) => {
    out.fill(0);
    spreadRow(row, spread);
    for (const root of plan.roots) masks[root] = 0xffffffff;
    pass(spread, masks);
    addLines(tables, tests, { masks, spread, out });
    for (const leaf of plan.large) addLarge(leaf, masks, out);
    return plan.mean;
  };
}

/** The child on the row's way keeps its parent's conditions met; for the other one the split's feature is not met. */
function maskPass(
  upper: readonly UpperSplit[],
  { column, cut }: SplitTests,
): (spread: Float64Array, masks: Uint32Array) => void {
  const places = Uint32Array.from(upper, ({ place }) => place);
  const lefts = Uint32Array.from(upper, ({ left }) => left);
  const bits = Uint32Array.from(upper, ({ bit }) => bit);
  return (spread, masks) => {
    for (let i = 0; i < places.length; i++) {
      const goesRight = +((spread[column[i] as number] as number) > (cut[i] as number));
      const mask = masks[places[i] as number] as number;
      const left = lefts[i] as number;
      masks[left + goesRight] = mask;
      masks[left + 1 - goesRight] = mask & ~(bits[i] as number);
    }
  };
}

function addLines(
  { places, above, aboveMask, splitAt, featureAt, features, tableAt, table }: ShapleyTables,
  { column, cut }: SplitTests,
  { masks, spread, out }: { masks: Uint32Array; spread: Float64Array; out: Float64Array },
): void {
  let split = 0;
  let from = 0;
  for (let t = 0; t < places.length; t++) {
    let index = (masks[places[t] as number] as number) & (aboveMask[t] as number);
    const splitEnd = splitAt[t + 1] as number;
    for (let bit = above[t] as number; split < splitEnd; split++, bit++) {
      index |= +((spread[column[split] as number] as number) > (cut[split] as number)) << bit;
    }
    const end = featureAt[t + 1] as number;
    let at = (tableAt[t] as number) + index * (end - from);
    for (; from < end; from++, at++) {
      const feature = features[from] as number;
      out[feature] = (out[feature] as number) + (table[at] as number);
    }
  }
}

function addLarge(leaf: LargeLeaf, masks: Uint32Array, out: Float64Array): void {
  const line = new Float64Array(leaf.features.length);
  shapleyLeaf(leaf, masks[leaf.place] ?? 0, line, 0);
  for (const [j, feature] of leaf.features.entries()) out[feature] = (out[feature] ?? 0) + (line[j] ?? 0);
}
