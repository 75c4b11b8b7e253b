import {
  fitLearningCurve,
  type LearningCurveFit,
  type LearningPoint,
} from "#ml/evaluation/learning-curve.ts";
import { averagePrecision } from "#ml/evaluation/ranking.ts";
import { createRng } from "#ml/math/seeded-random.ts";
import { type AvailableFamily, isLabelFree, type MemberFamily, memberFamilies } from "#ml/models/families.ts";
import { variantCandidates } from "./candidate.ts";
import type { Dataset } from "./dataset.ts";
import { fitFold } from "./fit-candidate.ts";
import { allRows } from "./imbalance.ts";
import { type Slice, splitByTime, type TimeSplit } from "./time-split.ts";
import type { TrainingResult } from "./train.ts";
import type { TrainContext, TrainOptions } from "./train-options.ts";

export type LearningCurve = {
  /** the family that was fitted on each part: the selected one, or the best quick one in its stead */
  readonly family: MemberFamily;
  readonly points: readonly (LearningPoint & { readonly frauds: number })[];
  /** null when the points are too few to tell a law */
  readonly fit: LearningCurveFit | null;
};

export type LearningCurveLimits = {
  /** of fitting, by what the run's own fits took: what would take longer is left out */
  readonly budgetSeconds: number;
  readonly replicates: number;
};

const SHARES = [1 / 16, 1 / 8, 1 / 4, 1 / 2, 1] as const;
const MOST_ORDERS = 3;
const LEAST_FRAUDS = 5;
/** Families whose fit is quick enough to repeat, best first. */
const quick = ["gradient_boosting", "logistic_regression"] as const satisfies readonly MemberFamily[];

/**
 * What more labels would buy: one family fitted on nested parts of the training slice, each part holding the one
 * before it, judged by average precision on the test slice, with a power law through the points. Nothing is chosen by
 * it. Null when no family of the run learns from labels, or no four parts fit into the budget.
 * @throws the signal's reason when aborted.
 */
export async function learningCurve(
  { dataset, result }: { readonly dataset: Dataset; readonly result: TrainingResult },
  options: TrainOptions,
  { signal, now, ...limits }: Pick<TrainContext, "signal" | "now"> & LearningCurveLimits,
): Promise<LearningCurve | null> {
  const family = familyFor(result);
  if (family === null) return null;
  const { train, validation, test } = result.split;
  const windows = { ...options.windows, train, validation, test };
  const split = splitByTime(dataset, windows, { ...options, nowMs: now.getTime() });
  const parts = partsOf(split.train, {
    seed: options.seed,
    shares: affordable(result.reports[family]?.fitSeconds ?? 0, limits.budgetSeconds),
  });
  if (new Set(parts.map((part) => part.rows.length)).size < 4) return null;
  const points = [];
  for (const part of parts) {
    signal?.throwIfAborted();
    points.push(await pointOf(part, { dataset, split, family, options, signal }));
  }
  return {
    family,
    points,
    fit: fitLearningCurve(points, { seed: options.seed, replicates: limits.replicates }),
  };
}

function familyFor({ selected, reports }: TrainingResult): MemberFamily | null {
  const tried: readonly AvailableFamily[] = selected === "neural_network" ? quick : [selected, ...quick];
  const usable = tried.filter((family) => reports[family] !== undefined && !isLabelFree(family));
  return memberFamilies.find((family) => family === usable.find((each) => each !== "ensemble")) ?? null;
}

/** Shares of the training slice, once per order of its rows, as far as the budget goes: small ones first. */
function affordable(fitSeconds: number, budgetSeconds: number): number[][] {
  let left = budgetSeconds;
  const orders: number[][] = [];
  for (let order = 0; order < MOST_ORDERS; order++) {
    const shares = SHARES.filter((share) => {
      if (share === 1 && order > 0) return false; // the whole is the same in every order
      left -= share * fitSeconds;
      return left >= 0;
    });
    orders.push(shares);
  }
  return orders;
}

/** Nested parts: within an order each holds the rows of the smaller ones. Those with too few frauds are left out. */
function partsOf(
  slice: Slice,
  { seed, shares }: { readonly seed: number; readonly shares: readonly (readonly number[])[] },
): Slice[] {
  return shares.flatMap((ofOrder, order) => {
    const places = shuffled(slice.rows.length, `learning-curve:${seed}:${order}`);
    return ofOrder
      .map((share) => partOf(slice, places.slice(0, Math.round(places.length * share)).sort()))
      .filter((part) => fraudsIn(part) >= LEAST_FRAUDS && fraudsIn(part) < part.rows.length);
  });
}

function partOf({ window, rows, labels }: Slice, places: Uint32Array): Slice {
  return {
    window,
    rows: Uint32Array.from(places, (place) => rows[place] as number),
    labels: Uint8Array.from(places, (place) => labels[place] as number),
  };
}

function shuffled(length: number, seed: string): Uint32Array {
  const rng = createRng(seed);
  const places = Uint32Array.from({ length }, (_, i) => i);
  for (let i = length - 1; i > 0; i--) {
    const j = rng.integer(i + 1);
    [places[i], places[j]] = [places[j] as number, places[i] as number];
  }
  return places;
}

type Fitting = {
  readonly dataset: Dataset;
  readonly split: TimeSplit;
  readonly family: MemberFamily;
  readonly options: TrainOptions;
  readonly signal: AbortSignal | null;
};

async function pointOf(
  part: Slice,
  { dataset, split, family, options, signal }: Fitting,
): Promise<LearningCurve["points"][number]> {
  const [candidate] = variantCandidates(family, part, options);
  if (candidate === undefined) throw new RangeError(`${family} has no configuration`);
  const { definitions } = dataset.featureSet;
  const context = {
    featureNames: definitions.map((definition) => definition.name),
    definitions,
    seed: options.seed,
    signal,
    onProgress: () => {},
  };
  const fold = { train: part, validation: split.validation };
  const { model } = await fitFold(candidate, fold, { dataset, options, context, watch: true });
  const test = allRows(dataset, split.test);
  const margins = new Float64Array(test.rows);
  model.margins(test.features, test.rows, margins);
  return {
    labels: part.rows.length,
    frauds: fraudsIn(part),
    averagePrecision: averagePrecision(margins, test.labels) ?? 0,
  };
}

function fraudsIn({ labels }: Slice): number {
  return labels.reduce((sum, label) => sum + label, 0);
}
