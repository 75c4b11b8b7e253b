import { expect, test } from "vitest";
import { averagePrecision } from "#ml/evaluation/ranking.ts";
import { loadModel } from "#ml/models/families.ts";
import { evaluateFamily } from "./evaluate-family.ts";
import { syntheticDataset, syntheticStartMs } from "./testing/synthetic-dataset.ts";
import { DAY_MS, sliceOf } from "./time-split.ts";
import type { TrainedFamily } from "./train-family.ts";

const dataset = syntheticDataset({ rows: 3000, days: 30 });
const slice = sliceOf(
  dataset,
  { fromMs: syntheticStartMs, toMs: syntheticStartMs + 20 * DAY_MS },
  {
    unlabelled: "legitimate_when_mature",
    maturityDays: 5,
    knownAtMs: syntheticStartMs + 30 * DAY_MS,
  },
);
const term = { feature: 2, rule: "recent fraud", from: 0, to: 1, points: 3 };
const trained: TrainedFamily = {
  family: "rules",
  model: loadModel("rules", { family: "rules", version: 1, width: 5, base: -4, terms: [term] }),
  marginOffset: -1,
  calibrator: { kind: "platt", a: -0.5, b: 0 },
  validationAveragePrecision: 0.4,
  outOfFold: [],
  candidates: [],
  trainRows: 77,
  fitSeconds: 2,
};
const options = { seed: 1, bootstrapReplicates: 20 };
const { report, scores } = evaluateFamily(trained, dataset, slice, options);

test("scores are those that serving would give: margin, correction, calibrator", () => {
  const [row = 0] = slice.rows;
  const margin = -4 + 3 * (dataset.features[row * 5 + 2] ?? 0) - 1;
  expect(scores).toHaveLength(slice.rows.length);
  expect(scores[0]).toBeCloseTo(1 / (1 + Math.exp(-0.5 * margin)), 12);
});

test("the report holds the test figures and what is known of the training", () => {
  expect(report).toMatchObject({
    family: "rules",
    validationAveragePrecision: 0.4,
    calibrator: "platt",
    trainRows: 77,
    fitSeconds: 2,
  });
  expect(report.test.averagePrecision).toBe(averagePrecision(scores, slice.labels));
  expect(report.test.rows).toBe(slice.rows.length);
  expect(report.test.averagePrecisionInterval?.replicates).toBe(20);
});

test("a slice without rows has no figures", () => {
  const none = { ...slice, rows: new Uint32Array(0), labels: new Uint8Array(0) };
  const empty = evaluateFamily(trained, dataset, none, options);
  expect(empty.scores).toHaveLength(0);
  expect(empty.report.test.averagePrecision).toBeNull();
});
