import { createRng } from "#ml/math/seeded-random.ts";
import { breathe } from "../cooperation.ts";
import type { TrainingRows } from "../model.ts";
import { binRows } from "./bin-rows.ts";
import { bestRound, watchRounds } from "./early-stopping.ts";
import { packGradients } from "./gradients.ts";
import { growing, growTree } from "./grow-tree.ts";
import { type Forest, joinTrees, leafOf, type Nodes } from "./nodes.ts";
import { checkOptions, type GradientBoostingOptions } from "./options.ts";
import { sampleColumns, sampleRows } from "./sampling.ts";
import { startMarginOf } from "./start-margin.ts";
import { codeCountOf, type TrainingMemory, trainingMemory } from "./training-memory.ts";
import { soloTeam, type TrainingTeam } from "./training-team.ts";
import { addUnsampled } from "./unsampled-rows.ts";

/** Below this many rows times features, threads take longer to start than they save. */
const LEAST_SHARED = 2_000_000;

export type ForestFit = {
  readonly training: TrainingRows;
  /** Serves early stopping only; without a fraud in it all rounds are grown. */
  readonly validation: TrainingRows;
  readonly options: GradientBoostingOptions;
  readonly seed: number | string;
  readonly signal: AbortSignal | null;
  /** Rows times features below which one thread does all; `LEAST_SHARED` when absent. */
  readonly leastShared?: number;
  readonly onRound: (round: number, validationAp: number | null) => void;
};

export type FittedForest = {
  readonly forest: Forest;
  /** What each round was worth on the validation rows (`roundValues`); empty where none was watched. */
  readonly curve: readonly number[];
};

/**
 * Gradient boosting with histogram trees (Friedman 2001; Chen and Guestrin 2016; Ke et al. 2017).
 * Keeps the trees up to the round that was worth most on the validation rows. Deterministic: the same rows, options
 * and seed give the same bits, whatever the number of threads.
 * @throws RangeError when an option is out of its range; the signal's reason when aborted.
 */
export async function fitForest(fit: ForestFit): Promise<FittedForest> {
  checkOptions(fit.options);
  if ((fit.options.monotone?.length ?? fit.training.width) !== fit.training.width) {
    throw new RangeError("gradient boosting: option monotone needs a direction for each feature");
  }
  const { rows, width } = fit.training;
  const threads = rows * width < (fit.leastShared ?? LEAST_SHARED) ? 1 : fit.options.threads;
  const memory = trainingMemory(fit.training, fit.options, threads);
  const team = await teamOf(memory);
  try {
    return await boost(fit, memory, team);
  } finally {
    await team.close();
  }
}

/** The module with worker threads is loaded where there are any, so that a bundler need not follow it. */
async function teamOf(memory: TrainingMemory): Promise<TrainingTeam> {
  if (memory.threads === 1) return soloTeam(memory);
  const { threadTeam } = await import(/* turbopackIgnore: true */ "./thread-team.ts");
  return threadTeam(memory);
}

async function boost(fit: ForestFit, memory: TrainingMemory, team: TrainingTeam): Promise<FittedForest> {
  const { training, validation, options } = fit;
  const { width } = training;
  const binning = {
    fitCuts: (rows: number) => team.run({ kind: "cuts", rows }),
    encode: (from: number, rows: number) => team.run({ kind: "codes", from, rows }),
  };
  for (const _ of binRows(memory, training, binning)) await breathe(fit.signal);
  const usable = Uint16Array.from({ length: width }, (_, column) => column).filter(
    (column) => codeCountOf(memory, column) > 1,
  );
  const base = startMarginOf(options.startMargin, training);
  memory.margins.fill(base);
  const watched = new Float64Array(validation.rows).fill(base);
  const watch = options.patience === null ? null : watchRounds(validation);
  const rng = createRng(`trees:${fit.seed}`);
  const state = growing(memory, team);
  const trees: Nodes[] = [];
  const gradients = (round: number, scale = { gradient: 1, hessian: 1 }) =>
    packGradients(memory, { round, scale }, (pass) => team.run({ kind: "gradients", ...pass }));
  let scale = gradients(0).next;
  for (let round = 1; round <= (usable.length === 0 ? 0 : options.rounds); round++) {
    const packed = gradients(round, scale);
    scale = packed.next;
    const columns = sampleColumns(usable, options.columnSample, rng);
    memory.columns.set(columns);
    memory.columnCount[0] = columns.length;
    const sampled = sampleRows(memory.order, options.rowSample, rng, state.spare);
    const tree = growTree(state, sampled, packed.scale);
    trees.push(tree);
    addUnsampled(memory, tree, sampled);
    if (watch !== null) addTree(tree, validation, watched);
    fit.onRound(round, watch?.add(watched) ?? null);
    await breathe(fit.signal);
    if (watch !== null && watch.idleRounds() >= (options.patience ?? 0)) break;
  }
  const curve = watch?.values() ?? [];
  const kept = curve.length > 0 ? trees.slice(0, bestRound(curve)) : trees;
  return { forest: joinTrees({ width, base, gain: state.gains }, kept), curve };
}

/** Adds the tree to the margins of all rows. */
function addTree(tree: Nodes, { features, width, rows }: TrainingRows, margins: Float64Array): void {
  for (let row = 0; row < rows; row++) {
    margins[row] = (margins[row] as number) + leafOf(tree, 0, features, row * width);
  }
}
