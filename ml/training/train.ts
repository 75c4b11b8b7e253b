import type { Calibrator } from "#ml/calibration/calibrator.ts";
import type { EvaluationReport } from "#ml/evaluation/evaluation-report.ts";
import type { ModelArtifact } from "#ml/models/artifact.ts";
import type { AvailableFamily } from "#ml/models/families.ts";
import type { CandidateReport } from "./candidate.ts";
import type { Dataset } from "./dataset.ts";
import type { TestScores } from "./test-scores.ts";
import { planWindows, splitByTime, type TimeWindow } from "./time-split.ts";
import type { TrainContext, TrainOptions } from "./train-options.ts";
import { trainPlanned } from "./train-planned.ts";
import { planOfSplit } from "./training-plan.ts";
import { walkForward } from "./walk-forward.ts";

/** One family's outcome. `test` was looked at once, after the choice was made on validation. */
export type FamilyReport = {
  readonly family: AvailableFamily;
  readonly validationAveragePrecision: number | null;
  readonly test: EvaluationReport;
  readonly calibrator: Calibrator["kind"];
  readonly trainRows: number;
  readonly fitSeconds: number;
  readonly predictSeconds: number; // for the whole test slice, one row at a time
};

export type SliceSummary = TimeWindow & { readonly rows: number; readonly frauds: number };

/** The selected family against the next best, on all validated rows together. */
export type RunnerUp = {
  readonly family: AvailableFamily;
  /** Selected minus runner-up in average precision. */
  readonly difference: number | null;
  /** 95 % interval over resampled customers, paired. */
  readonly differenceInterval: {
    readonly lower: number;
    readonly upper: number;
    readonly replicates: number;
  } | null;
};

export type TrainingResult = {
  readonly artifact: ModelArtifact;
  readonly selected: AvailableFamily;
  readonly reports: Partial<Record<AvailableFamily, FamilyReport>>;
  /** Every configuration that was tried, in the order of the families. */
  readonly candidates: readonly CandidateReport[];
  /** Null when only one family was trained. */
  readonly runnerUp: RunnerUp | null;
  /** `train` is what the final models were fitted on, `validation` every validated row: they may overlap. */
  readonly split: {
    readonly train: SliceSummary;
    readonly validation: SliceSummary;
    readonly test: SliceSummary;
  };
  /** Dataset rows of the test slice, ascending: score a champion on the same ones. */
  readonly testRows: Uint32Array;
  readonly testScores: TestScores;
  /** Scores of the same rows by every family of the run. */
  readonly familyScores: Readonly<Partial<Record<AvailableFamily, Float64Array>>>;
};

/**
 * Fits the requested families on the oldest slice, calibrates and compares them on the next, chooses by validation
 * average precision (ties to the simplest), and evaluates all of them on the newest slice. With `options.folds` over 1
 * the choice rests on earlier validation windows too, where history reaches back. Nothing of the test slice enters a
 * choice. The same data, options and seed give the same artefact.
 * @throws RangeError when no family is asked for, history is too short, or a slice to learn from holds only one class.
 * @throws the signal's reason when aborted.
 */
export async function train(
  dataset: Dataset,
  options: TrainOptions,
  context: TrainContext,
): Promise<TrainingResult> {
  const nowMs = context.now.getTime();
  const windows =
    options.windows ?? planWindows(dataset, options.split, { nowMs, maturityDays: options.maturityDays });
  const split = splitByTime(dataset, windows, { ...options, nowMs });
  const plan = planOfSplit(split, options);
  const [, ...earlier] = options.folds > 1 ? walkForward(dataset, windows, { ...options, nowMs }) : [];
  const folds = [...plan.folds, ...earlier];
  const walked = { ...plan, folds, final: earlier.length > 0 ? (plan.final ?? split.train) : plan.final };
  return trainPlanned(dataset, walked, { ...options, windows }, context);
}
