import { expect, test } from "vitest";
import type { EvaluationReport } from "#ml/evaluation/evaluation-report.ts";
import { DAY_MS } from "#server/domain/day.ts";
import type { TrainingReport } from "#server/services/training/index.ts";
import { trainingTable } from "./training-table.ts";

const slice = { fromMs: 20_000 * DAY_MS, toMs: 20_010 * DAY_MS, rows: 900, frauds: 12 };

const found = (averagePrecision: number | null): EvaluationReport => ({
  rows: 900,
  frauds: 12,
  prevalence: 12 / 900,
  amountMinor: 1,
  fraudAmountMinor: 1,
  averagePrecision,
  averagePrecisionInterval: averagePrecision === null ? null : { lower: 0.1, upper: 0.4, replicates: 200 },
  rocAuc: 0.9,
  rocAucInterval: null,
  recallAtFpr001: 0.25,
  recallAtFpr01: 0.5,
  cardPrecision100: null,
  brier: 0.00512,
  ece: 0.001,
});

const family = (name: "rules" | "logistic_regression", averagePrecision: number | null) => ({
  family: name,
  validationAveragePrecision: averagePrecision,
  test: found(averagePrecision),
  calibrator: "platt" as const,
  trainRows: 1000,
  fitSeconds: 1.25,
  predictSeconds: 0.1,
});

const report: TrainingReport = {
  selected: "logistic_regression",
  families: { rules: family("rules", null), logistic_regression: family("logistic_regression", 0.25) },
  split: { train: slice, validation: slice, test: slice },
  seed: 1,
  rows: 5000,
  labelledFrauds: 200,
  labelledLegitimate: 20,
  skew: { compared: 0, differing: 0, byFeature: [], examples: [] },
  champion: null,
  championNote: "There is no champion yet.",
  seconds: 3,
};

test("each family has its line, the chosen one is marked, and what is undefined is a dash", () => {
  expect(trainingTable(report).split("\n")).toEqual([
    "Test 2024-10-04 to 2024-10-14: 900 payments, 12 fraud. * chosen on the days before.",
    "   family                  AP            95 %  ROC AUC  recall@0.1 %  CP@100    Brier  fit s",
    "   rules                    –               –    0.900         0.250       –  0.00512    1.3",
    "*  logistic_regression  0.250  [0.100, 0.400]    0.900         0.250       –  0.00512    1.3",
    "There is no champion yet.",
    "No served features to compare with yet.",
  ]);
});

test("the champion on the same payments and the check of served features are told", () => {
  const comparison = {
    champion: found(0.3),
    candidate: found(0.25),
    difference: -0.05,
    differenceInterval: { lower: -0.1, upper: 0.01, replicates: 200 },
  };
  const text = trainingTable({
    ...report,
    champion: { versionId: "x", number: 4, comparison },
    championNote: null,
    skew: { compared: 40, differing: 2, byFeature: [], examples: [] },
  });
  expect(text).toContain(
    "Champion (version 4) on the same payments: AP 0.300; the candidate is −0.050 [−0.100, +0.010]",
  );
  expect(text).toContain("40 served feature vectors compared with replay: 2 DIFFER.");
});
