import { defaultSlices, type FeatureRows } from "#ml/evaluation/default-slices.ts";
import { sliceReport } from "#ml/evaluation/slice-report.ts";
import type { Dataset } from "#ml/training/dataset.ts";
import type { TrainingResult } from "#ml/training/train.ts";
import type { TrainingReport } from "./report.ts";

/** Rows that say where bands of a slice are cut; more would not move the quartiles. */
const REFERENCE_ROWS = 20_000;

type Trained = Pick<TrainingResult, "testRows" | "testScores" | "split">;

/** What a person should know of a run beside its figures: how the chosen model does by group of test payments. */
export function modelFindings(
  dataset: Dataset,
  { testRows, testScores, split }: Trained,
): Required<Pick<TrainingReport, "slices">> {
  const { definitions } = dataset.featureSet;
  const slices = defaultSlices(definitions, dataset, rowsBefore(dataset, split.test.fromMs));
  return {
    slices: sliceReport({
      ...testScores,
      slices: slices.map(({ name, title, of }) => ({ name, title, of: (row) => of(testRows[row] ?? -1) })),
    }),
  };
}

/** Rows older than the test days, evenly thinned. */
function rowsBefore({ features, width, rows, occurredAtMs }: Dataset, endMs: number): FeatureRows {
  const older = Array.from({ length: rows }, (_, row) => row).filter(
    (row) => (occurredAtMs[row] ?? endMs) < endMs,
  );
  const every = Math.max(1, Math.ceil(older.length / REFERENCE_ROWS));
  const kept = older.filter((_, at) => at % every === 0);
  const copied = new Float64Array(kept.length * width);
  for (const [at, row] of kept.entries()) {
    copied.set(features.subarray(row * width, (row + 1) * width), at * width);
  }
  return { features: copied, rows: kept.length, width };
}
