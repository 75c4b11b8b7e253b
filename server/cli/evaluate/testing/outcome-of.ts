import type { FamilyReport } from "#ml/training/train.ts";
import type { RoundOutcome } from "../results.ts";

export function reportOf(
  family: FamilyReport["family"],
  averagePrecision: number | null,
  changes: Partial<FamilyReport["test"]> = {},
): FamilyReport {
  const interval =
    averagePrecision === null ? null : { lower: 0.4, upper: 0.6, replicates: 200, confidence: 0.95 };
  return {
    family,
    validationAveragePrecision: averagePrecision === null ? null : averagePrecision + 0.1,
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
      averagePrecisionInterval: interval,
      rocAuc: 0.9,
      rocAucInterval: null,
      recallAtFpr001: 0.25,
      recallAtFpr01: 0.75,
      cardPrecision100: 0.02,
      brier: 0.009,
      ece: 0.001,
      ...changes,
    },
  };
}

const slice = (from: string, rows: number, frauds: number): RoundOutcome["split"]["train"] => ({
  fromMs: Date.parse(from),
  toMs: Date.parse(from) + 1,
  rows,
  frauds,
});

/** A round in which logistic regression was selected with this average precision on the test day. */
export function outcomeOf(averagePrecision: number, changes: Partial<RoundOutcome> = {}): RoundOutcome {
  return {
    selected: "logistic_regression",
    selection: "rehearsals",
    reports: {
      rules: reportOf("rules", null),
      logistic_regression: reportOf("logistic_regression", averagePrecision),
    },
    candidates: [
      {
        family: "logistic_regression",
        variant: "default",
        imbalance: "class_weight",
        validationAveragePrecision: 0.6,
        foldAveragePrecision: [0.6],
        dropped: false,
        chosen: true,
      },
    ],
    runnerUp: {
      family: "rules",
      difference: 0.25,
      differenceInterval: { lower: -0.01, upper: 0.5, replicates: 200 },
    },
    split: {
      train: slice("2026-01-01", 1_000, 10),
      validation: slice("2026-01-05", 300, 3),
      test: slice("2026-01-10", 400, 4),
    },
    warnings: [],
    slices: null,
    ...changes,
  };
}
