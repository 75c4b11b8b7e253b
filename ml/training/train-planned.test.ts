import { expect, test, vi } from "vitest";
import { averagePrecision } from "#ml/evaluation/ranking.ts";
import { decodeArtifact, encodeArtifact } from "#ml/models/artifact.ts";
import { loadScorer } from "#ml/models/scorer.ts";
import { blockedFolds } from "./blocked-folds.ts";
import { scoreRows } from "./score-dataset.ts";
import { syntheticDataset, syntheticStartMs } from "./testing/synthetic-dataset.ts";
import { DAY_MS, type Slice, sliceOf } from "./time-split.ts";
import { type TrainContext, type TrainOptions, trainDefaults } from "./train-options.ts";
import { trainPlanned } from "./train-planned.ts";
import type { TrainingPlan } from "./training-plan.ts";

vi.setConfig({ testTimeout: 60_000 });

const dataset = syntheticDataset({ rows: 9000, days: 60 });
const now = new Date(syntheticStartMs + 60 * DAY_MS);
const slice = (from: number, to: number): Slice =>
  sliceOf(
    dataset,
    { fromMs: syntheticStartMs + from * DAY_MS, toMs: syntheticStartMs + to * DAY_MS },
    { unlabelled: "legitimate_when_mature", maturityDays: 5, knownAtMs: now.getTime() },
  );
const learnt = slice(0, 40);
const plan: TrainingPlan = {
  folds: blockedFolds(dataset, learnt, { count: 3, embargoMs: DAY_MS }),
  final: learnt,
  test: slice(45, 55),
};
const options: TrainOptions = {
  ...trainDefaults,
  families: ["rules", "logistic_regression", "gradient_boosting", "ensemble"],
  familyOptions: { gradient_boosting: { rounds: 40, patience: 15, maxDepth: 3, learningRate: 0.1 } },
  bootstrapReplicates: 50,
};
const context: TrainContext = { signal: null, onProgress: () => {}, now };
const seen: { fraction: number; stage: string }[] = [];
const result = await trainPlanned(dataset, plan, options, {
  ...context,
  onProgress: (progress) => seen.push(progress),
});

test("every family asked for is reported, and the best mean over the folds is selected", () => {
  const reports = Object.values(result.reports);
  expect(reports.map(({ family }) => family)).toEqual(options.families);
  const best = Math.max(...reports.map((report) => report.validationAveragePrecision ?? 0));
  expect(result.reports[result.selected]?.validationAveragePrecision).toBe(best);
});

test("an ensemble is selected only where it beats every member out of sample, and reported in any case", () => {
  const { ensemble, ...members } = result.reports;
  const best = Math.max(...Object.values(members).map((report) => report.validationAveragePrecision ?? 0));
  expect(result.selected === "ensemble").toBe((ensemble?.validationAveragePrecision ?? 0) > best);
  expect(ensemble?.test.averagePrecision).toBeGreaterThan(0);
});

test("final models learn from the final slice; every row of it was validated once", () => {
  expect(result.reports.rules?.trainRows).toBe(learnt.rows.length);
  expect(result.split.train).toMatchObject({ ...learnt.window, rows: learnt.rows.length });
  expect(result.split.validation.rows).toBe(learnt.rows.length);
  expect(result.artifact.slices).toEqual(result.split);
});

test("all that was tried is in the artefact, one chosen a family, and the runner-up with its interval", () => {
  expect(result.artifact.candidates).toEqual(result.candidates);
  for (const family of options.families) {
    const own = result.candidates.filter((candidate) => candidate.family === family);
    expect(own.filter(({ chosen }) => chosen)).toHaveLength(1);
    expect(own.every(({ foldAveragePrecision }) => foldAveragePrecision.length === 3)).toBe(true);
  }
  const { runnerUp } = result;
  expect(runnerUp?.family).not.toBe(result.selected);
  expect(runnerUp?.differenceInterval?.lower).toBeLessThanOrEqual(runnerUp?.difference ?? Number.NaN);
  expect(runnerUp?.differenceInterval?.upper).toBeGreaterThanOrEqual(runnerUp?.difference ?? Number.NaN);
  expect(result.artifact.runnerUp).toEqual(runnerUp);
});

test("the artefact says what each feature is worth to the selected model", () => {
  const names = result.artifact.importance?.map(({ name }) => name);
  expect(names?.toSorted()).toEqual(dataset.featureSet.definitions.map(({ name }) => name).toSorted());
  expect(result.artifact.importance?.[0]?.permutation).toBeGreaterThan(0);
});

test("the artefact, written and read again, scores the test rows as the run did", () => {
  const { bytes, hash } = encodeArtifact(result.artifact);
  const scorer = loadScorer(decodeArtifact(bytes, hash));
  expect(scoreRows(scorer, dataset, result.testRows)).toEqual(result.testScores.scores);
  const { scores, labels } = result.testScores;
  expect(averagePrecision(scores, labels)).toBe(result.reports[result.selected]?.test.averagePrecision);
});

test("the same data, plan and seed give the same bytes; another seed gives others", async () => {
  const hashOf = async (seed: number): Promise<string> =>
    encodeArtifact((await trainPlanned(dataset, plan, { ...options, seed }, context)).artifact).hash;
  expect(await hashOf(1)).toBe(encodeArtifact(result.artifact).hash);
  expect(await hashOf(2)).not.toBe(encodeArtifact(result.artifact).hash);
});

test("nothing of the test slice enters a choice, a model or a calibrator", async () => {
  const flipped = { ...plan.test, labels: plan.test.labels.map((label) => 1 - label) };
  const upset = await trainPlanned(dataset, { ...plan, test: flipped }, options, context);
  const learntOf = ({ artifact, selected, candidates }: typeof result): unknown => [
    selected,
    candidates,
    artifact.model,
    artifact.calibrator,
    artifact.reference,
  ];
  expect(learntOf(upset)).toEqual(learntOf(result));
  expect(upset.reports.rules?.test.averagePrecision).not.toBe(result.reports.rules?.test.averagePrecision);
});

test("progress names family, fold and final fit, never falls, and ends at 1", () => {
  const stages = seen.map(({ stage }) => stage);
  expect(stages).toContain("fit logistic_regression (fold 2 of 3)");
  expect(stages).toContain("fit rules (final fit)");
  expect(stages).toContain("fit ensemble");
  const fractions = seen.map(({ fraction }) => fraction);
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  expect(seen.at(-1)).toEqual({ fraction: 1, stage: "done" });
});

test("an abort between folds ends the run with its reason", async () => {
  const controller = new AbortController();
  const onProgress = ({ stage }: { stage: string }): void => {
    if (stage === "fit gradient_boosting (fold 2 of 3)") controller.abort(new Error("stopped by hand"));
  };
  const run = trainPlanned(dataset, plan, options, { ...context, signal: controller.signal, onProgress });
  await expect(run).rejects.toThrow("stopped by hand");
});

test("one family has no runner-up; an ensemble of one and a plan without folds are refused", async () => {
  const rules = await trainPlanned(dataset, plan, { ...options, families: ["rules"] }, context);
  expect([rules.selected, rules.runnerUp]).toEqual(["rules", null]);
  const alone = { ...options, families: ["rules", "ensemble"] } as const;
  await expect(trainPlanned(dataset, plan, alone, context)).rejects.toThrow("at least two other families");
  await expect(trainPlanned(dataset, { ...plan, folds: [] }, options, context)).rejects.toThrow(
    "at least one fold",
  );
});

test("without a single fraud the isolation forest learns, and what cannot be measured is null", async () => {
  const unlabelled = { ...dataset, labels: new Int8Array(dataset.rows) };
  const honest = (from: Slice): Slice => ({ ...from, labels: new Uint8Array(from.rows.length) });
  const blind: TrainingPlan = {
    folds: [{ train: honest(slice(0, 25)), validation: honest(slice(30, 40)) }],
    final: null,
    test: honest(plan.test),
  };
  const only = { ...options, families: ["isolation_forest"] as const };
  const cold = await trainPlanned(unlabelled, blind, only, context);
  expect(cold.selected).toBe("isolation_forest");
  expect(cold.candidates).toEqual([]);
  expect(cold.artifact.calibrator.kind).toBe("identity");
  expect(cold.reports.isolation_forest?.validationAveragePrecision).toBeNull();
  expect(cold.reports.isolation_forest?.test.averagePrecision).toBeNull();
  const scorer = loadScorer(decodeArtifact(encodeArtifact(cold.artifact).bytes));
  const scores = scoreRows(scorer, dataset, plan.test.rows);
  // It never saw a label, and still ranks the frauds above chance.
  const prevalence = plan.test.labels.reduce((sum, label) => sum + label, 0) / plan.test.labels.length;
  expect(averagePrecision(scores, plan.test.labels)).toBeGreaterThan(1.3 * prevalence);
  await expect(trainPlanned(unlabelled, blind, { ...only, families: ["rules"] }, context)).rejects.toThrow(
    "holds no payment labelled fraud",
  );
});
