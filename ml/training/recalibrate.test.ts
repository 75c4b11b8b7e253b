import { expect, test, vi } from "vitest";
import { decodeArtifact, encodeArtifact, type ModelArtifact } from "#ml/models/artifact.ts";
import { loadScorer } from "#ml/models/scorer.ts";
import { recalibrate, recalibrationWindow } from "./recalibrate.ts";
import { scoreRows } from "./score-dataset.ts";
import { syntheticDataset, syntheticStartMs } from "./testing/synthetic-dataset.ts";
import { DAY_MS } from "./time-split.ts";
import { train } from "./train.ts";
import { trainDefaults } from "./train-options.ts";

vi.setConfig({ testTimeout: 60_000 });

const dataset = syntheticDataset({ rows: 9000, days: 90 });
const learnedTo = syntheticStartMs + 45 * DAY_MS;
const { artifact: trained } = await train(
  dataset,
  {
    ...trainDefaults,
    families: ["logistic_regression"],
    maturityDays: 5,
    split: { gapDays: 5, validationDays: 12, testDays: 12, trainDays: null, warmupDays: 0 },
    bootstrapReplicates: 0,
  },
  { signal: null, onProgress: () => {}, now: new Date(learnedTo) },
);
/** Promises far too much: log-odds moved up by 2. */
const parent: ModelArtifact = { ...trained, calibrator: { kind: "platt", a: -1, b: -2 } };
const options = {
  nowMs: syntheticStartMs + 90 * DAY_MS,
  maturityDays: 5,
  unlabelled: "legitimate_when_mature",
  seed: 3,
  bootstrapReplicates: 0,
} as const;
const { result, findings } = recalibrate(parent, dataset, options);

test("the new calibration has the lower Brier score on rows later than those it was fitted on", () => {
  const { brier, chosen } = findings;
  expect(brier[chosen]).toBe(Math.min(brier.isotonic, brier.platt));
  expect(brier[chosen]).toBeLessThan(brier.current);
  expect(result.artifact.calibrator.kind).toBe(chosen);
});

test("on rows that neither was fitted or chosen on, promises come true", () => {
  const { scores, labels } = result.testScores;
  const mean = (values: ArrayLike<number>): number =>
    Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
  const before = scoreRows(loadScorer(parent), dataset, result.testRows);
  expect(mean(scores) / mean(labels)).toBeGreaterThan(0.6);
  expect(mean(scores) / mean(labels)).toBeLessThan(1.6);
  expect(mean(before) / mean(labels)).toBeGreaterThan(1.8);
});

test("slices follow one another after what the model learned from, and hold mature rows alone", () => {
  const { fitted, chosenOn, judged } = findings;
  expect(fitted.fromMs).toBe(parent.slices.train.toMs);
  expect([chosenOn.fromMs, judged.fromMs]).toEqual([fitted.toMs, chosenOn.toMs]);
  expect(judged.toMs).toBe(syntheticStartMs + 85 * DAY_MS);
  const frauds = fitted.frauds + chosenOn.frauds + judged.frauds;
  expect(fitted.frauds / frauds).toBeCloseTo(0.5, 1);
  expect(judged.frauds / frauds).toBeCloseTo(0.25, 1);
  expect(result.split).toEqual(result.artifact.slices);
});

test("the artefact is the same model under a new hash, names its parent and reads back", () => {
  const { artifact } = result;
  const { bytes, hash } = encodeArtifact(artifact);
  expect(artifact.model).toEqual(parent.model);
  expect(artifact.parent).toBe(encodeArtifact(parent).hash);
  expect(hash).not.toBe(artifact.parent);
  const again = scoreRows(loadScorer(decodeArtifact(bytes, hash)), dataset, result.testRows);
  expect(again).toEqual(result.testScores.scores);
  expect(encodeArtifact(recalibrate(parent, dataset, options).result.artifact).hash).toBe(hash);
});

test("too few frauds, nothing matured and other features are refused", () => {
  const soon = { ...options, nowMs: parent.slices.train.toMs + 8 * DAY_MS };
  expect(() => recalibrate(parent, dataset, soon)).toThrow(/of 80 frauds have matured/);
  expect(() =>
    recalibrationWindow(parent, { nowMs: parent.slices.train.toMs + DAY_MS, maturityDays: 5 }),
  ).toThrow(/no payment has matured/);
  const other = { ...dataset, featureSet: { ...dataset.featureSet, version: "other@1" } };
  expect(() => recalibrate(parent, other, options)).toThrow(/reads/);
});
