import { defaultSlices, type FeatureRows } from "#ml/evaluation/default-slices.ts";
import { type SliceReport, type SliceResult, sliceReport } from "#ml/evaluation/slice-report.ts";
import type { Dataset } from "#ml/training/dataset.ts";
import type { TrainingResult } from "#ml/training/train.ts";
import { aligned, digits } from "./result-table.ts";

/** Rows that the cuts between amounts are taken from. */
const REFERENCE_ROWS = 50_000;

/** The selected model's results on the test rows, group by group. Cuts come from the training rows. */
export function slicesOf(
  dataset: Dataset,
  training: Uint32Array,
  { testRows, testScores }: Pick<TrainingResult, "testRows" | "testScores">,
): SliceReport {
  const { definitions } = dataset.featureSet;
  const step = Math.max(1, Math.ceil(training.length / REFERENCE_ROWS));
  const reference = training.filter((_, i) => i % step === 0);
  const slices = defaultSlices(definitions, rowsOf(dataset, testRows), rowsOf(dataset, reference));
  return sliceReport({ scores: testScores.scores, labels: testScores.labels, slices });
}

function rowsOf({ features, width }: Dataset, rows: Uint32Array): FeatureRows {
  const copy = new Float64Array(rows.length * width);
  rows.forEach((row, i) => {
    copy.set(features.subarray(row * width, (row + 1) * width), i * width);
  });
  return { features: copy, rows: rows.length, width };
}

const columns = ["group", "rows", "frauds", "AP", "ROC AUC", "recall", "precision", "FPR", "expected/frauds"];

/** The groups as lines for a person; alerts of all groups are those above one threshold. */
export function sliceTable({ threshold, all, slices }: SliceReport): string[] {
  const head = `Per group, alerts from score ${digits(threshold, 4)} (at most 1 % of legitimate payments):`;
  const groups = slices.flatMap(({ title, groups }) => [
    [title, ...columns.slice(1).map(() => "")],
    ...groups.map((group) => lineOf(group, `  ${group.value}`)),
  ]);
  return [head, ...aligned([columns, lineOf(all, "all"), ...groups]).map((line) => line.trimEnd())];
}

function lineOf(group: SliceResult, name: string): string[] {
  return [
    name,
    group.rows.toLocaleString("en"),
    group.frauds.toLocaleString("en"),
    digits(group.averagePrecision),
    digits(group.rocAuc),
    digits(group.recall),
    digits(group.precision),
    digits(group.falsePositiveRate, 4),
    digits(group.calibrationRatio, 2),
  ];
}
