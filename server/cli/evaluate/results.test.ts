import { expect, test } from "vitest";
import type { FamilyReport, TrainingResult } from "#ml/training/train.ts";
import { evaluationResults, resultTable } from "./results.ts";

const report = (family: FamilyReport["family"], averagePrecision: number | null): FamilyReport => ({
  family,
  validationAveragePrecision: averagePrecision,
  calibrator: "platt",
  trainRows: 500,
  fitSeconds: 1.25,
  predictSeconds: 0.5,
  test: {
    rows: 400,
    frauds: 4,
    prevalence: 0.01,
    amountMinor: 1,
    fraudAmountMinor: 1,
    averagePrecision,
    averagePrecisionInterval: averagePrecision === null ? null : { lower: 0.4, upper: 0.6, replicates: 200 },
    rocAuc: 0.9,
    rocAucInterval: null,
    recallAtFpr001: 0.25,
    recallAtFpr01: 0.75,
    cardPrecision100: 0.02,
    brier: 0.009,
    ece: 0.001,
  },
});

const slice = (rows: number, frauds: number): TrainingResult["split"]["train"] => ({
  fromMs: 0,
  toMs: 1,
  rows,
  frauds,
});

const result: Pick<TrainingResult, "selected" | "reports" | "split"> = {
  selected: "logistic_regression",
  reports: { rules: report("rules", null), logistic_regression: report("logistic_regression", 0.512345) },
  split: { train: slice(700, 7), validation: slice(300, 3), test: slice(400, 4) },
};

test("the figures are as computed, with all labelled rows of the training span, under-sampled or not", () => {
  expect(evaluationResults(result)).toEqual({
    selected: "logistic_regression",
    results: {
      rules: expect.objectContaining({ averagePrecision: null, trainRows: 1_000, testRows: 400 }),
      logistic_regression: {
        averagePrecision: 0.512345,
        rocAuc: 0.9,
        cardPrecision100: 0.02,
        recallAtFpr001: 0.25,
        recallAtFpr01: 0.75,
        brier: 0.009,
        ece: 0.001,
        fitSeconds: 1.25,
        predictSeconds: 0.5,
        trainRows: 1_000,
        testRows: 400,
      },
    },
  });
});

test("the table marks what was selected, shows a dash where a figure is undefined, and its columns line up", () => {
  const [counts = "", head = "", rules = "", logistic = "", note = ""] = resultTable(result);
  expect(counts).toBe("Training: 1,000 rows, 10 frauds. Test: 400 rows, 4 frauds.");
  expect(rules).toMatch(/^rules +– +– +0\.900/);
  expect(logistic).toMatch(/^logistic_regression \* +0\.512 +0\.400–0\.600/);
  expect(new Set([head, rules, logistic].map((line) => line.length)).size).toBe(1);
  expect(note).toContain("rules –, logistic_regression 0.512");
});
