import { averagePrecision } from "#ml/evaluation/ranking.ts";
import { createRng } from "#ml/math/seeded-random.ts";
import { breathe } from "#ml/models/cooperation.ts";
import type { FittedModel } from "#ml/models/model.ts";
import { type SampledRows, sampleRows } from "./importance-sample.ts";

/** A fitted model; `gain` is the summed gain of its splits per feature, where it has splits. */
export type ExplainedModel = Pick<FittedModel, "width" | "margins" | "contributions"> & {
  readonly gain?: ArrayLike<number>;
};

export type ImportanceInput = {
  readonly model: ExplainedModel;
  readonly featureNames: readonly string[];
  readonly features: Float64Array; // row-major
  readonly rows: number;
  readonly labels: ArrayLike<number>; // 1 fraud, 0 legitimate
  readonly weights?: ArrayLike<number> | null; // null: every row counts 1
  readonly seed: number;
  readonly maxRows?: number; // for the permutations; 20,000 when left out
  readonly maxExplained?: number; // for the contributions; 2,000 when left out
  readonly repetitions?: number; // permutations of each feature; 3 when left out
  readonly signal?: AbortSignal | null;
};

export type FeatureImportance = {
  readonly feature: string;
  /** Fall in average precision when the feature is shuffled among rows, over the repetitions; null without fraud. */
  readonly permutation: { readonly mean: number; readonly deviation: number } | null;
  /** Mean absolute contribution to the margin, in log-odds; null without rows. */
  readonly meanAbsoluteContribution: number | null;
  /** Share of the gain of all splits; null for a model without splits. */
  readonly gainShare: number | null;
};

export type GlobalImportance = {
  readonly rows: number; // looked at, of those given
  readonly frauds: number;
  readonly averagePrecision: number | null; // with every feature in place, weighted to the rows given
  readonly features: readonly FeatureImportance[]; // most important first
};

/**
 * What a model lives on: permutation importance on average precision (Breiman 2001; Fisher, Rudin and Dominici 2019),
 * mean absolute contribution, and split gain. Large data are sampled: all frauds that fit in half of `maxRows` and
 * legitimate rows weighted to their number. Correlated features stand in for each other: shuffling one of them costs
 * little, so a small permutation figure does not mean that both can go. Features keep their own stream of random
 * numbers, so adding a feature moves no other. O(features x repetitions x rows) scorings.
 * @throws RangeError when lengths differ; the signal's reason soon after it aborts.
 */
export async function globalImportance(input: ImportanceInput): Promise<GlobalImportance> {
  const { model, featureNames, seed, maxRows = 20_000, maxExplained = 2_000, signal = null } = input;
  checkInput(input);
  const sample = sampleRows(input, maxRows, `importance:${seed}`);
  const baseline = precisionOf(model, sample);
  const contributions = meanContributions(model, sampleRows(input, maxExplained, `explained:${seed}`));
  const gains = Array.from({ length: model.width }, (_, f) => model.gain?.[f] ?? 0);
  const gain = gains.reduce((sum, value) => sum + value, 0);
  const features: FeatureImportance[] = [];
  for (const [f, feature] of featureNames.entries()) {
    await breathe(signal);
    features.push({
      feature,
      permutation: baseline === null ? null : permutationFall(input, sample, { column: f, baseline }),
      meanAbsoluteContribution: contributions?.[f] ?? null,
      gainShare: model.gain === undefined || gain === 0 ? null : (gains[f] ?? 0) / gain,
    });
  }
  return {
    rows: sample.rows,
    frauds: sample.labels.reduce((sum, label) => sum + label, 0),
    averagePrecision: baseline,
    features: features.sort(byImportance),
  };
}

function checkInput({ model, featureNames, features, rows, labels, weights = null }: ImportanceInput): void {
  if (featureNames.length !== model.width) throw new RangeError("every feature of the model needs a name");
  if (features.length < rows * model.width || labels.length !== rows) {
    throw new RangeError("every row needs its features and a label");
  }
  if (weights !== null && weights.length !== rows) throw new RangeError("every row needs a weight");
}

function precisionOf(model: ExplainedModel, { features, rows, labels, weights }: SampledRows): number | null {
  const margins = new Float64Array(rows);
  model.margins(features, rows, margins);
  return averagePrecision(margins, labels, weights);
}

function permutationFall(
  { model, featureNames, seed, repetitions = 3 }: ImportanceInput,
  sample: SampledRows,
  { column, baseline }: { column: number; baseline: number },
): FeatureImportance["permutation"] {
  const rng = createRng(`permutation:${seed}:${featureNames[column]}`);
  const { features, rows } = sample;
  const { width } = model;
  const values = Float64Array.from({ length: rows }, (_, row) => features[row * width + column] as number);
  const shuffled = Float64Array.from(values);
  const write = (from: Float64Array): void => {
    for (let row = 0; row < rows; row++) features[row * width + column] = from[row] as number;
  };
  const falls = Array.from({ length: repetitions }, () => {
    for (let i = rows - 1; i > 0; i--) {
      const j = rng.integer(i + 1);
      const kept = shuffled[i] as number;
      shuffled[i] = shuffled[j] as number;
      shuffled[j] = kept;
    }
    write(shuffled);
    return baseline - (precisionOf(model, sample) ?? baseline);
  });
  write(values);
  const mean = falls.reduce((sum, fall) => sum + fall, 0) / falls.length;
  const squares = falls.reduce((sum, fall) => sum + (fall - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / Math.max(1, falls.length - 1)) };
}

function meanContributions(model: ExplainedModel, sample: SampledRows): Float64Array | null {
  const sums = new Float64Array(model.width);
  const out = new Float64Array(model.width);
  let total = 0;
  for (let row = 0; row < sample.rows; row++) {
    const weight = sample.weights[row] as number;
    model.contributions(sample.features.slice(row * model.width, (row + 1) * model.width), out);
    for (let f = 0; f < out.length; f++) sums[f] = (sums[f] as number) + weight * Math.abs(out[f] as number);
    total += weight;
  }
  return total === 0 ? null : sums.map((sum) => sum / total);
}

const byImportance = (a: FeatureImportance, b: FeatureImportance): number =>
  (b.permutation?.mean ?? 0) - (a.permutation?.mean ?? 0) ||
  (b.meanAbsoluteContribution ?? 0) - (a.meanAbsoluteContribution ?? 0) ||
  (a.feature < b.feature ? -1 : 1);
