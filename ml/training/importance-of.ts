import { globalImportance } from "#ml/explanation/importance.ts";
import type { ImportanceRecord } from "#ml/models/artifact.ts";
import type { FittedModel } from "#ml/models/model.ts";
import type { Dataset } from "./dataset.ts";
import { allRows } from "./imbalance.ts";
import type { TrainOptions } from "./train-options.ts";
import { type TrainingPlan, unionOf } from "./training-plan.ts";

/** Contributions cost a hundred scorings, and their mean settles sooner. */
const ROWS_PER_EXPLAINED = 8;
const REPETITIONS = 2;

/**
 * What each feature is worth to a model, on a sample of the plan's validated rows; most important first. Null when no
 * rows are to be looked at. Where the final fit has learned from validated rows too, the figures flatter the model.
 * @throws the signal's reason soon after it aborts.
 */
export async function importanceOf(
  model: FittedModel,
  dataset: Dataset,
  { folds }: TrainingPlan,
  run: Pick<TrainOptions, "importanceRows" | "seed"> & { readonly signal: AbortSignal | null },
): Promise<ImportanceRecord[] | null> {
  const { importanceRows, seed, signal } = run;
  if (importanceRows === 0) return null;
  const { features, rows, labels } = allRows(dataset, unionOf(folds.map(({ validation }) => validation)));
  const importance = await globalImportance({
    model,
    featureNames: dataset.featureSet.definitions.map(({ name }) => name),
    features,
    rows,
    labels,
    seed,
    maxRows: importanceRows,
    maxExplained: Math.ceil(importanceRows / ROWS_PER_EXPLAINED),
    repetitions: REPETITIONS,
    signal,
  });
  return importance.features.map(({ feature, permutation, meanAbsoluteContribution, gainShare }) => ({
    name: feature,
    permutation: permutation?.mean ?? null,
    meanContribution: meanAbsoluteContribution,
    gain: gainShare,
  }));
}
