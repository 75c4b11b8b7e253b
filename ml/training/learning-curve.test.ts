import { expect, test, vi } from "vitest";
import { learningCurve } from "./learning-curve.ts";
import { syntheticDataset, syntheticStartMs } from "./testing/synthetic-dataset.ts";
import { DAY_MS } from "./time-split.ts";
import { train } from "./train.ts";
import { type TrainOptions, trainDefaults } from "./train-options.ts";

vi.setConfig({ testTimeout: 60_000 });

const dataset = syntheticDataset({ rows: 6000, days: 60 });
const options: TrainOptions = {
  ...trainDefaults,
  families: ["rules", "logistic_regression"],
  maturityDays: 5,
  split: { gapDays: 5, validationDays: 12, testDays: 12, trainDays: null, warmupDays: 0 },
  bootstrapReplicates: 2,
};
const now = new Date(syntheticStartMs + 60 * DAY_MS);
const result = await train(dataset, options, { signal: null, onProgress: () => {}, now });
const limits = { signal: null, now, budgetSeconds: 60, replicates: 20 };
const curve = await learningCurve({ dataset, result }, options, limits);

test("each order is fitted on growing parts, the last of them all that was learned from", () => {
  const { rows, frauds } = result.split.train;
  expect(new Set(curve?.points.map((point) => point.labels)).size).toBeGreaterThanOrEqual(4);
  expect(curve?.points.filter((point) => point.labels === rows)).toMatchObject([{ labels: rows, frauds }]);
  expect(Math.max(...(curve?.points ?? []).map((point) => point.labels))).toBe(rows);
  expect(curve?.points.every((point) => point.frauds >= 5)).toBe(true);
});

test("all labels do at least about as well as a small part, and there is a law with gains", () => {
  const meanAt = (labels: number | undefined): number => {
    const at = (curve?.points ?? []).filter((point) => point.labels === labels);
    return at.reduce((sum, point) => sum + point.averagePrecision, 0) / at.length;
  };
  expect(meanAt(result.split.train.rows)).toBeGreaterThan(meanAt(curve?.points[0]?.labels) - 0.05);
  expect(curve?.fit?.nextThousand.gain).toBeGreaterThanOrEqual(0);
});

test("the same data, options and seed give the same curve", async () => {
  expect(await learningCurve({ dataset, result }, options, limits)).toEqual(curve);
});

test("without time for four parts there is no curve", async () => {
  const slow = { ...result.reports.logistic_regression, fitSeconds: 1_000 };
  const reports = { ...result.reports, logistic_regression: slow } as typeof result.reports;
  const given = { dataset, result: { ...result, selected: "logistic_regression" as const, reports } };
  expect(await learningCurve(given, options, { ...limits, budgetSeconds: 100 })).toBeNull();
});

test("a run without a family that learns from labels has no curve", async () => {
  const given = { dataset, result: { ...result, selected: "isolation_forest" as const, reports: {} } };
  expect(await learningCurve(given, options, limits)).toBeNull();
});

test("it stops when the run is cancelled", async () => {
  const signal = AbortSignal.abort(new Error("cancelled"));
  await expect(learningCurve({ dataset, result }, options, { ...limits, signal })).rejects.toThrow(
    "cancelled",
  );
});
