import type { Calibrator } from "#ml/calibration/calibrator.ts";
import { type EvaluationReport, evaluateScores } from "#ml/evaluation/evaluation-report.ts";
import type { ModelArtifact } from "#ml/models/artifact.ts";
import { breathe } from "#ml/models/cooperation.ts";
import { type AvailableFamily, availableFamilies } from "#ml/models/families.ts";
import { loadScorer } from "#ml/models/scorer.ts";
import { artifactOf } from "./artifact-of.ts";
import type { Dataset } from "./dataset.ts";
import { scoreRows } from "./score-dataset.ts";
import { type TestScores, testRowsWith } from "./test-scores.ts";
import { planWindows, type Slice, splitByTime, type TimeSplit, type TimeWindow } from "./time-split.ts";
import { type TrainedFamily, trainFamily } from "./train-family.ts";
import type { TrainContext, TrainOptions } from "./train-options.ts";
import { progressMeter } from "./train-progress.ts";

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

export type TrainingResult = {
  readonly artifact: ModelArtifact;
  readonly selected: AvailableFamily;
  readonly reports: Partial<Record<AvailableFamily, FamilyReport>>;
  readonly split: {
    readonly train: SliceSummary;
    readonly validation: SliceSummary;
    readonly test: SliceSummary;
  };
  /** Dataset rows of the test slice, ascending: score a champion on the same ones. */
  readonly testRows: Uint32Array;
  readonly testScores: TestScores;
};

/**
 * Fits the requested families on the oldest slice, calibrates and compares them on the next, chooses by validation
 * average precision (ties to the simplest), and evaluates all of them on the newest slice. Nothing of the test slice
 * enters a choice. The same data, options and seed give the same artefact.
 * @throws RangeError when no family is asked for, history is too short, or a slice to learn from holds only one class.
 * @throws the signal's reason soon after it aborts.
 */
export async function train(
  dataset: Dataset,
  options: TrainOptions,
  context: TrainContext,
): Promise<TrainingResult> {
  const families = availableFamilies.filter((family) => options.families.includes(family));
  if (families.length === 0) throw new RangeError("choose at least one model family to train");
  const nowMs = context.now.getTime();
  const windows =
    options.windows ?? planWindows(dataset, options.split, { nowMs, maturityDays: options.maturityDays });
  const split = splitByTime(dataset, windows, { ...options, nowMs });
  requireBothClasses(split);
  const meter = progressMeter(families, context.onProgress);
  const trained: TrainedFamily[] = [];
  for (const family of families) {
    await breathe(context.signal);
    const fitContext = {
      featureNames: dataset.featureSet.definitions.map((definition) => definition.name),
      definitions: dataset.featureSet.definitions,
      seed: options.seed,
      signal: context.signal,
      onProgress: meter.fitting(family),
    };
    trained.push(await trainFamily(family, dataset, split, { options, context: fitContext }));
  }
  const selected = best(trained);
  const reports: Partial<Record<AvailableFamily, FamilyReport>> = {};
  let testScores: Float64Array = new Float64Array(0);
  for (const [index, candidate] of trained.entries()) {
    await breathe(context.signal);
    meter.evaluating(candidate.family, index);
    const { report, scores } = evaluate(candidate, dataset, split.test, options);
    reports[candidate.family] = report;
    if (candidate === selected) testScores = scores;
  }
  const artifact = artifactOf({
    dataset,
    split,
    options: { ...options, families, windows },
    selected,
    reports,
  });
  meter.done();
  return {
    artifact,
    selected: selected.family,
    reports,
    split: {
      train: summaryOf(split.train),
      validation: summaryOf(split.validation),
      test: summaryOf(split.test),
    },
    testRows: split.test.rows,
    testScores: testRowsWith(testScores, dataset, split.test),
  };
}

/** Strictly better wins, so that the simpler of two equals is kept. */
function best(trained: readonly TrainedFamily[]): TrainedFamily {
  return trained.reduce((champion, rival) =>
    (rival.validationAveragePrecision ?? 0) > (champion.validationAveragePrecision ?? 0) ? rival : champion,
  );
}

function evaluate(
  candidate: TrainedFamily,
  dataset: Dataset,
  test: Slice,
  options: TrainOptions,
): { report: FamilyReport; scores: Float64Array } {
  const scorer = loadScorer({
    ...candidate,
    model: candidate.model.toJSON(),
    featureSet: dataset.featureSet,
  });
  const started = performance.now();
  const scores = scoreRows(scorer, dataset, test.rows);
  const predictSeconds = (performance.now() - started) / 1000;
  const { family, validationAveragePrecision, trainRows, fitSeconds } = candidate;
  const report = {
    family,
    validationAveragePrecision,
    test: evaluateScores({
      ...testRowsWith(scores, dataset, test),
      seed: options.seed,
      replicates: options.bootstrapReplicates,
    }),
    calibrator: candidate.calibrator.kind,
    trainRows,
    fitSeconds,
    predictSeconds,
  };
  return { report, scores };
}

function summaryOf({ window, rows, labels }: Slice): SliceSummary {
  return { ...window, rows: rows.length, frauds: labels.reduce((sum, label) => sum + label, 0) };
}

function requireBothClasses(split: TimeSplit): void {
  for (const name of ["train", "validation"] as const) {
    const { rows, frauds } = summaryOf(split[name]);
    if (frauds === 0)
      throw new RangeError(`the ${name} window holds no payment labelled fraud (${rows} rows)`);
    if (frauds === rows)
      throw new RangeError(`the ${name} window holds no legitimate payment (${rows} rows)`);
  }
}
