import { breathe } from "#ml/models/cooperation.ts";
import {
  type AvailableFamily,
  availableFamilies,
  type MemberFamily,
  memberFamilies,
} from "#ml/models/families.ts";
import { artifactOf } from "./artifact-of.ts";
import { pairedInterval, pooledDifference } from "./compare.ts";
import type { Dataset } from "./dataset.ts";
import { evaluateFamily } from "./evaluate-family.ts";
import { importanceOf } from "./importance-of.ts";
import { pooledMargins, pooledValidation } from "./pooled.ts";
import { testRowsWith } from "./test-scores.ts";
import type { Slice } from "./time-split.ts";
import type { FamilyReport, RunnerUp, SliceSummary, TrainingResult } from "./train.ts";
import { trainEnsemble } from "./train-ensemble.ts";
import { type FitPart, type TrainedFamily, trainFamily } from "./train-family.ts";
import type { TrainContext, TrainOptions } from "./train-options.ts";
import { type ProgressMeter, progressMeter } from "./train-progress.ts";
import { checkPlan, learnedSlice, type TrainingPlan, unionOf } from "./training-plan.ts";

/**
 * Chooses family, options, imbalance method, steps, calibrator and ensemble weights on the plan's folds, fits what was
 * chosen on its final slice and evaluates every family on the test slice once. Families are compared by mean average
 * precision over the folds, ties to the simplest; where no fraud is known, only families that learn without labels
 * are fitted, and nothing is compared. An ensemble is selected only where it beats its best member there.
 * `options.windows`, `split`, `refit` and the label rules are not read: the plan says what is looked at.
 * @throws RangeError when no family is asked for or the plan cannot teach anything (see `checkPlan`).
 * @throws the signal's reason soon after it aborts.
 */
export async function trainPlanned(
  dataset: Dataset,
  plan: TrainingPlan,
  options: TrainOptions,
  context: TrainContext,
): Promise<TrainingResult> {
  const families = requestedFamilies(options);
  checkPlan(plan, families);
  const meter = progressMeter(families, context.onProgress);
  const trained = await trainFamilies(dataset, plan, { options, context, meter, families });
  const [selected, second] = trained.toSorted(byPrecision);
  if (selected === undefined) throw new RangeError("choose at least one model family to train");
  const canCompare = plan.folds.some(({ validation }) => validation.labels.includes(1));
  const reports: Partial<Record<AvailableFamily, FamilyReport>> = {};
  const familyScores: Partial<Record<AvailableFamily, Float64Array>> = {};
  for (const [index, candidate] of trained.entries()) {
    await breathe(context.signal);
    meter.evaluating(candidate.family, index);
    const { report, scores } = evaluateFamily(candidate, dataset, plan.test, options);
    reports[candidate.family] = canCompare ? report : { ...report, validationAveragePrecision: null };
    familyScores[candidate.family] = scores;
  }
  const candidates = canCompare ? trained.flatMap((family) => family.candidates) : [];
  const runnerUp = second === undefined ? null : runnerUpOf([selected, second], dataset, plan, options);
  meter.explaining(selected.family);
  const importance = await importanceOf(selected.model, dataset, plan, {
    ...options,
    signal: context.signal,
  });
  const artifact = artifactOf({
    dataset,
    plan,
    options: { ...options, families },
    selected,
    reports,
    candidates,
    runnerUp,
    importance,
  });
  meter.done();
  return {
    artifact,
    selected: selected.family,
    reports,
    candidates,
    runnerUp,
    split: {
      train: summaryOf(learnedSlice(plan)),
      validation: summaryOf(unionOf(plan.folds.map(({ validation }) => validation))),
      test: summaryOf(plan.test),
    },
    testRows: plan.test.rows,
    testScores: testRowsWith(familyScores[selected.family] ?? new Float64Array(0), dataset, plan.test),
    familyScores,
  };
}

/** Simplest first. @throws RangeError when there is none, or nothing for an ensemble to combine */
function requestedFamilies(options: TrainOptions): readonly AvailableFamily[] {
  const families = availableFamilies.filter((family) => options.families.includes(family));
  if (families.length === 0) throw new RangeError("choose at least one model family to train");
  if (families.includes("ensemble") && families.length < 3) {
    throw new RangeError("an ensemble needs at least two other families");
  }
  return families;
}

type FamiliesRun = {
  readonly options: TrainOptions;
  readonly context: TrainContext;
  readonly meter: ProgressMeter;
  readonly families: readonly AvailableFamily[];
};

async function trainFamilies(
  dataset: Dataset,
  plan: TrainingPlan,
  { options, context, meter, families }: FamiliesRun,
): Promise<TrainedFamily[]> {
  const { definitions } = dataset.featureSet;
  const fitContext = {
    featureNames: definitions.map((definition) => definition.name),
    definitions,
    seed: options.seed,
    signal: context.signal,
  };
  const trained: TrainedFamily[] = [];
  for (const family of memberFamilies.filter((each: MemberFamily) => families.includes(each))) {
    await breathe(context.signal);
    const run = { options, context: fitContext, onFit: (part: FitPart) => meter.fitting(family, part) };
    trained.push(await trainFamily(family, dataset, plan, run));
  }
  if (families.includes("ensemble")) {
    await breathe(context.signal);
    meter.fitting("ensemble");
    trained.push(trainEnsemble(trained, dataset, plan.folds, options.seed));
  }
  return trained;
}

/** Best first; of equals, the simpler stays ahead, because sorting is stable. */
function byPrecision(a: TrainedFamily, b: TrainedFamily): number {
  return b.validationAveragePrecision - a.validationAveragePrecision;
}

function runnerUpOf(
  [selected, second]: readonly [TrainedFamily, TrainedFamily],
  dataset: Dataset,
  { folds }: TrainingPlan,
  options: TrainOptions,
): RunnerUp {
  const validated = pooledValidation(folds);
  const ranked = testRowsWith(pooledMargins(second.outOfFold), dataset, validated);
  const rival = { scores: pooledMargins(selected.outOfFold) };
  return {
    family: second.family,
    difference: pooledDifference(ranked, rival),
    differenceInterval: pairedInterval(ranked, rival, {
      seed: options.seed,
      replicates: options.bootstrapReplicates,
    }),
  };
}

function summaryOf({ window, rows, labels }: Slice): SliceSummary {
  return { ...window, rows: rows.length, frauds: labels.reduce((sum, label) => sum + label, 0) };
}
