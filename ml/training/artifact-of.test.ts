import { expect, test } from "vitest";
import { encodeArtifact } from "#ml/models/artifact.ts";
import { loadModel } from "#ml/models/families.ts";
import { artifactOf } from "./artifact-of.ts";
import { syntheticDataset, syntheticStartMs } from "./testing/synthetic-dataset.ts";
import { DAY_MS, splitByTime } from "./time-split.ts";
import { trainDefaults } from "./train-options.ts";

const dataset = syntheticDataset({ rows: 1000, days: 40 });
const day = (from: number, to: number) => ({
  fromMs: syntheticStartMs + from * DAY_MS,
  toMs: syntheticStartMs + to * DAY_MS,
});
const split = splitByTime(
  dataset,
  { train: day(0, 20), validation: day(25, 30), test: day(30, 35) },
  { unlabelled: "legitimate_when_mature", maturityDays: 3, nowMs: syntheticStartMs + 40 * DAY_MS },
);
const json = { family: "rules", version: 1, width: 5, base: -4, terms: [] };
const selected = {
  family: "rules",
  model: loadModel("rules", json),
  marginOffset: -1,
  calibrator: { kind: "identity" },
  validationAveragePrecision: 0.1,
  trainRows: 500,
  fitSeconds: 1,
} as const;
const parts = { dataset, split, options: trainDefaults, selected, reports: {} };

test("the artefact holds the model, its slices and references, and no time of the run", () => {
  const artifact = artifactOf(parts);
  expect(artifact.model).toEqual(json);
  expect(artifact.slices.validation).toMatchObject({
    ...split.validation.window,
    rows: split.validation.rows.length,
  });
  expect(artifact.reference.features).toHaveLength(5);
  // One constant score: a single cut with every row at or below it.
  expect(artifact.reference.score.counts[0]).toBe(split.validation.rows.length);
  expect(artifact.libraries.node).toBe(process.versions.node);
  const slower = { ...parts, selected: { ...selected, fitSeconds: 99 } };
  expect(encodeArtifact(artifactOf(slower)).hash).toBe(encodeArtifact(artifact).hash);
});

test("the data hash follows features and labels of the rows used, and no others", () => {
  const hash = (rows: typeof dataset, slices = split): string =>
    artifactOf({ ...parts, dataset: rows, split: slices }).dataHash;
  const changedAt = (row: number): typeof dataset => {
    const features = Float64Array.from(dataset.features);
    features[row * 5] = -1;
    return { ...dataset, features };
  };
  expect(hash(changedAt(split.test.rows[0] ?? 0))).not.toBe(hash(dataset));
  expect(hash(changedAt(999))).toBe(hash(dataset)); // day 39, in no slice
  const labels = split.train.labels.map((label) => 1 - label);
  expect(hash(dataset, { ...split, train: { ...split.train, labels } })).not.toBe(hash(dataset));
});
