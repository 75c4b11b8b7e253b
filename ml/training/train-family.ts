import { type Calibrator, fitCalibrator } from "#ml/calibration/calibrator.ts";
import { averagePrecision } from "#ml/evaluation/ranking.ts";
import { type AvailableFamily, familyOptions, fitFamily, refitOptions } from "#ml/models/families.ts";
import type { FitContext, FittedModel, TrainingRows } from "#ml/models/model.ts";
import type { Dataset } from "./dataset.ts";
import { allRows, balancedRows } from "./imbalance.ts";
import type { Slice, TimeSplit } from "./time-split.ts";
import type { TrainOptions } from "./train-options.ts";

export type TrainedFamily = {
  readonly family: AvailableFamily;
  readonly model: FittedModel;
  readonly marginOffset: number;
  readonly calibrator: Calibrator;
  readonly validationAveragePrecision: number | null;
  readonly trainRows: number;
  readonly fitSeconds: number;
};

/** Legitimate rows that early stopping looks at; more only cost time. They are weighted to the slice's own number. */
const WATCHED_NEGATIVES = 50_000;

/**
 * Fits one family on the training slice, calibrates it on the validation slice and ranks it there.
 * @throws RangeError when the fitted model gives a margin that is not finite; the signal's reason when aborted.
 */
export async function trainFamily(
  family: AvailableFamily,
  dataset: Dataset,
  split: TimeSplit,
  run: { options: TrainOptions; context: FitContext },
): Promise<TrainedFamily> {
  const { options, context } = run;
  const started = performance.now();
  const balanced = balancedRows(dataset, split.train, options.imbalance, options.seed);
  const chosen = familyOptions(family, options.familyOptions[family]);
  const first = await fitFamily(family, {
    training: balanced.rows,
    validation: watchedRows(dataset, split.validation, options.seed),
    options: chosen,
    context,
  });
  const validation = allRows(dataset, split.validation);
  const margins = marginsOf(first, validation, balanced.marginOffset);
  if (!margins.every(Number.isFinite)) throw new RangeError(`${family} gives scores that are not numbers`);
  const { calibrator } = fitCalibrator(margins, validation.labels, options.seed);
  const final = { model: first, marginOffset: balanced.marginOffset, trainRows: balanced.rows.rows };
  if (options.refit) {
    const merged = balancedRows(dataset, mergeSlices(split), options.imbalance, options.seed);
    final.model = await fitFamily(family, {
      training: merged.rows,
      validation: noRows(dataset.width),
      options: refitOptions(family, [first], chosen),
      context,
    });
    final.marginOffset = merged.marginOffset;
    final.trainRows = merged.rows.rows;
  }
  return {
    family,
    ...final,
    calibrator,
    validationAveragePrecision: averagePrecision(margins, validation.labels),
    fitSeconds: (performance.now() - started) / 1000,
  };
}

function watchedRows(dataset: Dataset, slice: Slice, seed: number): TrainingRows {
  const frauds = slice.labels.reduce((sum, label) => sum + label, 0);
  if (frauds === 0 || slice.rows.length - frauds <= WATCHED_NEGATIVES) return allRows(dataset, slice);
  const thinned = { negativesPerPositive: WATCHED_NEGATIVES / frauds, positiveWeight: 1 };
  const { rows, keptShare } = balancedRows(dataset, slice, thinned, seed);
  return { ...rows, weights: Float64Array.from(rows.labels, (label) => (label === 1 ? 1 : 1 / keptShare)) };
}

function marginsOf(model: FittedModel, rows: TrainingRows, offset: number): Float64Array {
  const margins = new Float64Array(rows.rows);
  model.margins(rows.features, rows.rows, margins);
  for (let row = 0; row < margins.length; row++) margins[row] = (margins[row] as number) + offset;
  return margins;
}

function mergeSlices({ train, validation }: TimeSplit): Slice {
  return {
    window: { fromMs: train.window.fromMs, toMs: validation.window.toMs },
    rows: Uint32Array.from([...train.rows, ...validation.rows]),
    labels: Uint8Array.from([...train.labels, ...validation.labels]),
  };
}

function noRows(width: number): TrainingRows {
  return { width, rows: 0, features: new Float64Array(0), labels: new Uint8Array(0), weights: null };
}
