import type { AvailableFamily } from "#ml/models/families.ts";
import type { FamilyReport, TrainingResult } from "#ml/training/train.ts";

/** One family's figures on the test days, as other programs read them; null where undefined. */
type FamilyResult = {
  readonly averagePrecision: number | null;
  readonly rocAuc: number | null;
  readonly cardPrecision100: number | null;
  readonly recallAtFpr001: number | null; // at a false-positive rate of 0.1 %
  readonly recallAtFpr01: number | null; // at 1 %
  readonly brier: number | null;
  readonly ece: number | null;
  readonly fitSeconds: number;
  readonly predictSeconds: number;
  readonly trainRows: number;
  readonly testRows: number;
};

export type EvaluationResults = {
  readonly selected: AvailableFamily;
  readonly results: Partial<Record<AvailableFamily, FamilyResult>>;
};

type Outcome = Pick<TrainingResult, "selected" | "reports" | "split">;

/** What `--json` writes. `trainRows` are all labelled rows of the training span, validation included. */
export function evaluationResults({ selected, reports, split }: Outcome): EvaluationResults {
  const trainRows = split.train.rows + split.validation.rows;
  const results: Partial<Record<AvailableFamily, FamilyResult>> = {};
  for (const report of Object.values(reports)) results[report.family] = resultOf(report, trainRows);
  return { selected, results };
}

function resultOf({ test, fitSeconds, predictSeconds }: FamilyReport, trainRows: number): FamilyResult {
  return {
    averagePrecision: test.averagePrecision,
    rocAuc: test.rocAuc,
    cardPrecision100: test.cardPrecision100,
    recallAtFpr001: test.recallAtFpr001,
    recallAtFpr01: test.recallAtFpr01,
    brier: test.brier,
    ece: test.ece,
    fitSeconds,
    predictSeconds,
    trainRows,
    testRows: test.rows,
  };
}

const columns = [
  "family",
  "AP",
  "95 % interval",
  "ROC AUC",
  "CP@100",
  "recall@0.1%",
  "recall@1%",
  "Brier",
  "ECE",
  "fit s",
  "predict s",
];

/** The results as a table for a person; the family selected on validation is marked. */
export function resultTable({ selected, reports, split }: Outcome): string[] {
  const { train, validation, test } = split;
  const rows = Object.values(reports).map((report) => [
    `${report.family}${report.family === selected ? " *" : ""}`,
    digits(report.test.averagePrecision),
    report.test.averagePrecisionInterval === null
      ? "–"
      : `${digits(report.test.averagePrecisionInterval.lower)}–${digits(report.test.averagePrecisionInterval.upper)}`,
    digits(report.test.rocAuc),
    digits(report.test.cardPrecision100),
    digits(report.test.recallAtFpr001),
    digits(report.test.recallAtFpr01),
    digits(report.test.brier, 5),
    digits(report.test.ece, 5),
    digits(report.fitSeconds, 1),
    digits(report.predictSeconds, 2),
  ]);
  const count = (n: number): string => n.toLocaleString("en");
  return [
    `Training: ${count(train.rows + validation.rows)} rows, ${count(train.frauds + validation.frauds)} frauds. Test: ${count(test.rows)} rows, ${count(test.frauds)} frauds.`,
    ...aligned([columns, ...rows]),
    `* selected on the last ${count(validation.rows)} rows of the training span (AP there: ${Object.values(
      reports,
    )
      .map((report) => `${report.family} ${digits(report.validationAveragePrecision)}`)
      .join(", ")}).`,
  ];
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join("  "),
  );
}

function digits(value: number | null, places = 3): string {
  return value === null ? "–" : value.toFixed(places);
}
