import { expect, test } from "vitest";
import { defaultFeatureSet } from "#ml/features/default-set.ts";
import type { Dataset } from "#ml/training/dataset.ts";
import { slicesOf, sliceTable } from "./slices.ts";

const width = defaultFeatureSet.definitions.length;
const column = (name: string): number =>
  defaultFeatureSet.definitions.findIndex((definition) => definition.name === name);

/** 80 rows: amounts from 0 to 79, hours from 0 to 23, a fraud in every fourth row. */
function dataset(): Dataset {
  const rows = 80;
  const features = new Float64Array(rows * width).fill(Number.NaN);
  const numbers = Float64Array.from({ length: rows }, (_, row) => row);
  for (let row = 0; row < rows; row++) {
    features[row * width + column("amount")] = row;
    features[row * width + column("hour_of_day")] = row % 24;
  }
  const ids = Array.from(numbers, (row) => `pay_${row}`);
  return {
    featureSet: defaultFeatureSet,
    width,
    rows,
    features,
    labels: Int8Array.from(numbers, (row) => (row % 4 === 0 ? 1 : 0)),
    occurredAtMs: numbers,
    labelRecordedAtMs: numbers,
    amountMinor: numbers,
    customerIds: ids,
    cardIds: ids,
    transactionIds: ids,
  };
}

test("test rows are cut by what the training rows hold, and every group is a line with its counts", () => {
  const data = dataset();
  const testRows = Uint32Array.from({ length: 40 }, (_, i) => 40 + i);
  const labels = Uint8Array.from(testRows, (row) => data.labels[row] ?? 0);
  const texts = Array.from(testRows, (row) => `pay_${row}`);
  const report = slicesOf(
    data,
    Uint32Array.from({ length: 40 }, (_, i) => i),
    {
      testRows,
      testScores: {
        scores: Float64Array.from(labels, (label) => 0.1 + 0.8 * label),
        labels,
        occurredAtMs: Float64Array.from(testRows),
        amountMinor: Float64Array.from(testRows),
        customerIds: texts,
        cardIds: texts,
        transactionIds: texts,
      },
    },
  );
  // All test amounts lie above those of the training rows.
  const amounts = report.slices.find((slice) => slice.name === "amount");
  expect(amounts?.groups.map(({ value, rows }) => [value, rows])).toEqual([["4 largest quarter", 40]]);
  const lines = sliceTable(report);
  expect(lines[0]).toBe("Per group, alerts from score 0.9000 (at most 1 % of legitimate payments):");
  expect(lines[2]).toMatch(/^all +40 +10 +1\.000 +1\.000 +1\.000 +1\.000 +0\.0000/);
  expect(lines.some((line) => /^ {2}00-05 +\d+ +\d/.test(line))).toBe(true);
});
