import { expect, test } from "vitest";
import { evaluationResults } from "./results.ts";
import { outcomeOf, reportOf } from "./testing/outcome-of.ts";

test("the figures are as computed, with the rows of the final fit and what validation chose", () => {
  const { selected, results, folds } = evaluationResults([outcomeOf(0.512345)]);
  expect(selected).toBe("logistic_regression");
  expect(results).toEqual({
    rules: expect.objectContaining({ averagePrecision: null, trainRows: 1_000, configuration: null }),
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
      validationAveragePrecision: expect.closeTo(0.612345, 9),
      configuration: { variant: "default", imbalance: "class_weight" },
      deviation: null,
    },
  });
  expect(folds).toHaveLength(1);
  expect(folds[0]).toMatchObject({
    selection: "rehearsals",
    test: { from: "2026-01-10T00:00:00.000Z", rows: 400, frauds: 4 },
  });
});

test("several folds give means and deviations, and the choice of the earliest, made before every test day", () => {
  const reports = {
    rules: reportOf("rules", 0.3),
    logistic_regression: reportOf("logistic_regression", 0.7),
  };
  const earliest = outcomeOf(0.7, { selected: "rules", reports });
  const { selected, results, folds } = evaluationResults([outcomeOf(0.5), earliest]);
  expect(selected).toBe("rules");
  expect(folds.map((fold) => fold.selected)).toEqual(["logistic_regression", "rules"]);
  expect(results.logistic_regression?.averagePrecision).toBeCloseTo(0.6, 12);
  expect(results.logistic_regression?.deviation?.averagePrecision).toBeCloseTo(0.1, 12);
  expect(results.rules).toMatchObject({ averagePrecision: 0.3, deviation: { averagePrecision: 0 } });
});

test("without a round there is nothing to report", () => {
  expect(() => evaluationResults([])).toThrow("no round");
});
