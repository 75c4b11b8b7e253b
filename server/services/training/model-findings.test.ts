import { beforeAll, expect, test } from "vitest";
import { syntheticDataset, syntheticStartMs } from "#ml/training/testing/synthetic-dataset.ts";
import { type TrainingResult, train } from "#ml/training/train.ts";
import { trainDefaults } from "#ml/training/train-options.ts";
import { modelFindings } from "./model-findings.ts";

const options = { ...trainDefaults, families: ["rules"], maturityDays: 5, bootstrapReplicates: 0 } as const;
const dataset = syntheticDataset({});
let result: TrainingResult;
beforeAll(async () => {
  const now = new Date(syntheticStartMs + 40 * 86_400_000);
  result = await train(dataset, options, { signal: null, onProgress: () => {}, now });
});

test("groups of a cut hold the test payments, each once, with the frauds of all of them", () => {
  const { slices } = modelFindings(dataset, result);
  expect(slices.all.rows).toBe(result.testRows.length);
  const hours = slices.slices.find(({ name }) => name === "hour");
  const sum = (of: (group: { rows: number; frauds: number }) => number): number =>
    (hours?.groups ?? []).reduce((total, group) => total + of(group), 0);
  expect(sum(({ rows }) => rows)).toBe(slices.all.rows);
  expect(sum(({ frauds }) => frauds)).toBe(result.split.test.frauds);
});

test("a group is told by the features of its own rows", () => {
  const { slices } = modelFindings(dataset, result);
  const hours = slices.slices.find(({ name }) => name === "hour");
  const column = dataset.featureSet.definitions.findIndex(({ aggregate }) => aggregate === "hour");
  const early = result.testRows.filter((row) => (dataset.features[row * dataset.width + column] ?? 24) < 6);
  expect(hours?.groups.find(({ value }) => value === "00-05")?.rows).toBe(early.length);
});
