import { expect, test, vi } from "vitest";
import { decodeArtifact, encodeArtifact } from "#ml/models/artifact.ts";
import { availableFamilies } from "#ml/models/families.ts";
import { loadScorer } from "#ml/models/scorer.ts";
import { scoreDataset, scoreRows } from "./score-dataset.ts";
import { syntheticDataset, syntheticStartMs } from "./testing/synthetic-dataset.ts";
import { DAY_MS } from "./time-split.ts";
import { train } from "./train.ts";
import { type TrainContext, type TrainOptions, trainDefaults } from "./train-options.ts";

vi.setConfig({ testTimeout: 60_000 });

const dataset = syntheticDataset({ rows: 6000, days: 60 });
const options: TrainOptions = {
  ...trainDefaults,
  maturityDays: 5,
  split: { gapDays: 5, validationDays: 12, testDays: 12, trainDays: null, warmupDays: 0 },
  familyOptions: {
    neural_network: { members: 1, epochs: 3, hidden: [8, 4] },
    gradient_boosting: { rounds: 30 },
  },
  bootstrapReplicates: 20,
};
const progress: number[] = [];
const context: TrainContext = {
  signal: null,
  onProgress: ({ fraction }) => progress.push(fraction),
  now: new Date(syntheticStartMs + 60 * DAY_MS),
};
const result = await train(dataset, options, context);

test("all families are fitted, and the best on validation is chosen", () => {
  const reports = Object.values(result.reports);
  expect(reports.map((report) => report.family)).toEqual([...availableFamilies]);
  const best = Math.max(...reports.map((report) => report.validationAveragePrecision ?? 0));
  expect(result.reports[result.selected]?.validationAveragePrecision).toBe(best);
  expect(result.reports.logistic_regression?.test.rocAuc).toBeGreaterThan(0.8);
  expect(progress.at(-1)).toBe(1);
});

test("slices follow one another with the gap between train and validation, and the artefact records them", () => {
  const { train: learned, validation, test: tested } = result.split;
  expect(validation.fromMs - learned.toMs).toBe(5 * DAY_MS);
  expect(tested.fromMs).toBe(validation.toMs);
  expect(tested.toMs).toBe(syntheticStartMs + 55 * DAY_MS); // five days before now, when the last labels matured
  expect(result.artifact.slices).toEqual(result.split);
});

test("probabilities on the test slice are calibrated in the mean", () => {
  const { scores, labels } = result.testScores;
  const mean = (values: ArrayLike<number>): number =>
    Array.from(values).reduce((sum, v) => sum + v, 0) / values.length;
  expect(mean(scores) / mean(labels)).toBeGreaterThan(0.5);
  expect(mean(scores) / mean(labels)).toBeLessThan(2);
});

test("the artefact, written and read again, scores the test rows as the run did", () => {
  const { bytes, hash } = encodeArtifact(result.artifact);
  const scorer = loadScorer(decodeArtifact(bytes, hash));
  expect(scoreRows(scorer, dataset, result.testRows)).toEqual(result.testScores.scores);
  const all = scoreDataset(scorer, dataset, 100, 200);
  expect(all).toHaveLength(100);
  expect(all.every((score) => score > 0 && score < 1)).toBe(true);
});

test("the artefact carries references of every feature and of the score over the validation slice", () => {
  const { features, score } = result.artifact.reference;
  expect(features.map((feature) => feature.name)).toEqual(dataset.featureSet.definitions.map((d) => d.name));
  for (const reference of [...features, score]) {
    const rows = reference.counts.reduce((sum, count) => sum + count, reference.missing);
    expect(rows).toBe(result.split.validation.rows);
  }
});

test("the same data and seed give the same hash; another seed, option or row does not", async () => {
  const hashOf = async (changes: Partial<TrainOptions>, rows = dataset): Promise<string> =>
    encodeArtifact((await train(rows, { ...options, ...changes }, context)).artifact).hash;
  const expected = encodeArtifact(result.artifact).hash;
  expect(await hashOf({})).toBe(expected);
  expect(await hashOf({ seed: 2 })).not.toBe(expected);
  const features = Float64Array.from(dataset.features);
  features[0] = (features[0] ?? 0) + 1;
  const few = { families: ["rules"] } as const;
  expect(await hashOf(few, { ...dataset, features })).not.toBe(await hashOf(few));
});

test("labels that arrive after now change nothing", async () => {
  const late = dataset.labelRecordedAtMs.map((time) =>
    time > context.now.getTime() - 2 * DAY_MS ? time + 90 * DAY_MS : time,
  );
  const hidden = dataset.labels.map((label, row) => ((late[row] ?? 0) > context.now.getTime() ? -1 : label));
  const rules = { ...options, families: ["rules"] } as const;
  const [known, unknown] = [
    await train({ ...dataset, labelRecordedAtMs: late }, rules, context),
    await train({ ...dataset, labelRecordedAtMs: late, labels: hidden }, rules, context),
  ];
  expect(encodeArtifact(known.artifact).hash).toBe(encodeArtifact(unknown.artifact).hash);
});

test("a refit learns from validation rows too", async () => {
  const once = await train(dataset, { ...options, families: ["logistic_regression"] }, context);
  const twice = await train(dataset, { ...options, families: ["logistic_regression"], refit: true }, context);
  expect(twice.reports.logistic_regression?.trainRows).toBe(
    (once.reports.logistic_regression?.trainRows ?? 0) + once.split.validation.rows,
  );
  expect(twice.reports.logistic_regression?.validationAveragePrecision).toBe(
    once.reports.logistic_regression?.validationAveragePrecision,
  );
});

test("an abort rejects with its reason in the middle of a fit", async () => {
  const controller = new AbortController();
  const onProgress = ({ stage }: { stage: string }): void => {
    if (stage.includes("network 1 of 1, epoch 1")) controller.abort(new Error("stopped by hand"));
  };
  await expect(
    train(dataset, options, { ...context, signal: controller.signal, onProgress }),
  ).rejects.toThrow("stopped by hand");
});

test("nothing to choose from, no fraud to learn from and another feature set are refused in words", async () => {
  await expect(train(dataset, { ...options, families: [] }, context)).rejects.toThrow(
    "at least one model family",
  );
  const honest = { ...dataset, labels: dataset.labels.map(() => 0) };
  await expect(train(honest, options, context)).rejects.toThrow("no payment labelled fraud");
  const other = { ...dataset, featureSet: { ...dataset.featureSet, version: "other@1" } };
  expect(() => scoreDataset(loadScorer(result.artifact), other)).toThrow("the rows hold other@1");
});

test("with several folds the choice rests on earlier validation windows too, and the final fit is on all of train", async () => {
  const rules = { ...options, families: ["rules", "logistic_regression"], folds: 3 } as const;
  const walked = await train(dataset, rules, context);
  const [candidate] = walked.candidates;
  expect(candidate?.foldAveragePrecision.length).toBeGreaterThan(1);
  expect(walked.split.train).toEqual(result.split.train);
  expect(walked.split.validation.toMs).toBe(result.split.validation.toMs);
  expect(walked.split.validation.fromMs).toBeLessThan(result.split.validation.fromMs);
});
