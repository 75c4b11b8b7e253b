import { createRng, type Rng } from "#ml/math/seeded-random.ts";
import { breathe } from "../cooperation.ts";
import type { TrainingRows } from "../model.ts";
import { codeCount, encodeColumn, type FeatureBins, fitFeatureBins } from "./feature-bins.ts";
import { growTree, type LeafRows, type TreeData } from "./grow-tree.ts";
import { histogramLayout } from "./histogram.ts";
import { logisticGradients, startMargin } from "./logistic-loss.ts";
import { type Forest, joinTrees, leafOf, type Nodes } from "./nodes.ts";
import { checkOptions, type GradientBoostingOptions } from "./options.ts";
import { watchedPrecision } from "./watched-precision.ts";

export type ForestFit = {
  readonly training: TrainingRows;
  /** Serves early stopping only; without a fraud in it all rounds are grown. */
  readonly validation: TrainingRows;
  readonly options: GradientBoostingOptions;
  readonly seed: number | string;
  readonly signal: AbortSignal | null;
  readonly onRound: (round: number, validationAp: number | null) => void;
};

/**
 * Gradient boosting on the log loss with histogram trees (Friedman 2001; Chen and Guestrin 2016; Ke et al. 2017).
 * Keeps the trees up to the round with the best validation average precision. Deterministic: the same rows, options
 * and seed give the same bits.
 * @throws RangeError when an option is out of its range; the signal's reason when aborted.
 */
export async function fitForest(fit: ForestFit): Promise<Forest> {
  const { training, validation, options } = fit;
  checkOptions(options);
  const { bins, codes } = await binFeatures(training, options.maxBins, fit.signal);
  const usable = Uint16Array.from(bins.keys()).filter((column) => codeCount(bins[column] as FeatureBins) > 1);
  const base = startMargin(training);
  const margins = new Float64Array(training.rows).fill(base);
  const watched = { margins: new Float64Array(validation.rows).fill(base), ap: watchedPrecision(validation) };
  const pairs = new Float32Array(2 * training.rows);
  const data: TreeData = { bins, codes, options, pairs, spare: new Uint32Array(training.rows), pool: [] };
  const order = new Uint32Array(training.rows);
  const rng = createRng(`trees:${fit.seed}`);
  const trees: Nodes[] = [];
  const best = { trees: 0, ap: Number.NEGATIVE_INFINITY };
  for (let round = 1; round <= (usable.length === 0 ? 0 : options.rounds); round++) {
    logisticGradients(training, margins, pairs);
    const layout = histogramLayout(sampleColumns(usable, options.columnSample, rng), bins);
    const sampled = sampleRows(order, options.rowSample, rng);
    const { tree, leaves } = growTree(data, layout, order.subarray(0, sampled));
    trees.push(tree);
    addLeaves(tree, leaves, order, margins);
    addTree(tree, training, order.subarray(sampled), margins);
    const ap = options.patience === null ? null : watch(tree, validation, watched);
    fit.onRound(round, ap);
    await breathe(fit.signal);
    if (options.patience === null || ap === null) continue;
    if (ap > best.ap) Object.assign(best, { trees: round, ap });
    else if (round - best.trees >= options.patience) break;
  }
  const kept = best.trees > 0 ? trees.slice(0, best.trees) : trees;
  return joinTrees(training.width, base, kept);
}

async function binFeatures(
  training: TrainingRows,
  maxBins: number,
  signal: AbortSignal | null,
): Promise<{ bins: FeatureBins[]; codes: Uint8Array[] }> {
  const bins: FeatureBins[] = [];
  const codes: Uint8Array[] = [];
  for (let column = 0; column < training.width; column++) {
    const featureBins = fitFeatureBins(training, column, maxBins);
    bins.push(featureBins);
    codes.push(encodeColumn(training, column, featureBins));
    await breathe(signal);
  }
  return { bins, codes };
}

/** At least one of the columns, drawn without replacement, in rising order. */
function sampleColumns(columns: Uint16Array, share: number, rng: Rng): Uint16Array {
  let wanted = Math.max(1, Math.floor(share * columns.length));
  let left = columns.length;
  return columns.filter(() => {
    const isTaken = rng.next() * left < wanted;
    left--;
    if (isTaken) wanted--;
    return isTaken;
  });
}

/** Writes the sampled rows first, the others behind them, both in rising order. Returns how many are sampled. */
function sampleRows(order: Uint32Array, share: number, rng: Rng): number {
  if (share >= 1) {
    for (let row = 0; row < order.length; row++) order[row] = row;
    return order.length;
  }
  const left: number[] = [];
  let sampled = 0;
  for (let row = 0; row < order.length; row++) {
    if (rng.next() < share) order[sampled++] = row;
    else left.push(row);
  }
  order.set(left, sampled);
  return sampled;
}

function addLeaves(
  tree: Nodes,
  leaves: readonly LeafRows[],
  order: Uint32Array,
  margins: Float64Array,
): void {
  for (const { node, from, to } of leaves) {
    const value = tree.value[node] as number;
    for (let i = from; i < to; i++) {
      const row = order[i] as number;
      margins[row] = (margins[row] as number) + value;
    }
  }
}

function addTree(
  tree: Nodes,
  { features, width }: TrainingRows,
  rows: Uint32Array,
  margins: Float64Array,
): void {
  for (const row of rows) margins[row] = (margins[row] as number) + leafOf(tree, 0, features, row * width);
}

function watch(
  tree: Nodes,
  { features, rows, width }: TrainingRows,
  { margins, ap }: { margins: Float64Array; ap: (margins: Float64Array) => number | null },
): number | null {
  for (let row = 0; row < rows; row++) {
    margins[row] = (margins[row] as number) + leafOf(tree, 0, features, row * width);
  }
  return ap(margins);
}
