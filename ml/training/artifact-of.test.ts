import { expect, test } from "vitest";
import { encodeArtifact } from "#ml/models/artifact.ts";
import { loadModel } from "#ml/models/families.ts";
import { artifactOf } from "./artifact-of.ts";
import { syntheticDataset, syntheticStartMs } from "./testing/synthetic-dataset.ts";
import { DAY_MS, splitByTime } from "./time-split.ts";
import { trainDefaults } from "./train-options.ts";
import { planOfSplit } from "./training-plan.ts";

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
} as const;
const candidate = {
  family: "rules",
  variant: "default",
  imbalance: "none",
  validationAveragePrecision: 0.1,
  foldAveragePrecision: [0.1],
  dropped: false,
  chosen: true,
} as const;
const plan = planOfSplit(split, { refit: false });
const parts = {
  dataset,
  plan,
  options: trainDefaults,
  selected,
  reports: {},
  candidates: [candidate],
  runnerUp: null,
  importance: null,
};

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
  expect(artifact.candidates).toEqual([candidate]);
  const timed = { ...parts, selected: { ...selected, fitSeconds: 99 } };
  expect(encodeArtifact(artifactOf(timed)).hash).toBe(encodeArtifact(artifact).hash);
});

test("the data hash follows features and labels of the rows used, and no others", () => {
  const hash = (rows: typeof dataset, slices = plan): string =>
    artifactOf({ ...parts, dataset: rows, plan: slices }).dataHash;
  const changedAt = (row: number): typeof dataset => {
    const features = Float64Array.from(dataset.features);
    features[row * 5] = -1;
    return { ...dataset, features };
  };
  expect(hash(changedAt(split.test.rows[0] ?? 0))).not.toBe(hash(dataset));
  expect(hash(changedAt(999))).toBe(hash(dataset)); // day 39, in no slice
  const labels = split.train.labels.map((label) => 1 - label);
  const flipped = { train: { ...split.train, labels }, validation: split.validation };
  expect(hash(dataset, { ...plan, folds: [flipped] })).not.toBe(hash(dataset));
  expect(hash(dataset, planOfSplit(split, { refit: true }))).not.toBe(hash(dataset));
});

test("of a refit model the artefact names all rows it learned from; validation stays the reference", () => {
  const { slices, reference } = artifactOf({ ...parts, plan: planOfSplit(split, { refit: true }) });
  expect(slices.train.rows).toBe(split.train.rows.length + split.validation.rows.length);
  expect(slices.validation.rows).toBe(split.validation.rows.length);
  expect(reference).toEqual(artifactOf(parts).reference);
});

test("importance is there where it was measured", () => {
  const importance = [{ name: "amount", permutation: 0.1, meanContribution: 0.4, gain: null }];
  expect(artifactOf({ ...parts, importance }).importance).toEqual(importance);
  expect(Object.keys(artifactOf(parts))).not.toContain("importance");
});
