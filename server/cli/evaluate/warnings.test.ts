import { expect, test } from "vitest";
import { attributesFeatureSet } from "#ml/features/default-set.ts";
import { createRng } from "#ml/math/seeded-random.ts";
import type { Dataset } from "#ml/training/dataset.ts";
import { leakWarnings } from "./warnings.ts";

const ROWS = 2_000;
const HALF = ROWS / 2;

/** Rows whose attribute "told" is the label in the rows where `tells`, and noise elsewhere. */
function datasetOf(tells: (row: number) => boolean): Dataset {
  const rng = createRng("warnings");
  const featureSet = attributesFeatureSet(["told"]);
  const labels = Int8Array.from({ length: ROWS }, (_, row) => (row % 20 === 0 ? 1 : 0));
  const at = Float64Array.from(labels.keys(), (row) => row * 60_000);
  const noise = Float64Array.from({ length: 2 * ROWS }, () => Math.floor(rng.next() * 50));
  labels.forEach((label, row) => {
    if (tells(row)) noise[2 * row + 1] = label;
  });
  const ids = Array.from({ length: ROWS }, (_, row) => `cus_${row}`);
  return {
    featureSet,
    width: 2,
    rows: ROWS,
    features: noise,
    labels,
    occurredAtMs: at,
    labelRecordedAtMs: at,
    amountMinor: at,
    customerIds: ids,
    cardIds: ids,
    transactionIds: ids,
  };
}

const firstHalf = (dataset: Dataset): { rows: Uint32Array; labels: Uint8Array } => {
  const rows = Uint32Array.from({ length: HALF }, (_, row) => row);
  return { rows, labels: Uint8Array.from(rows, (row) => dataset.labels[row] ?? 0) };
};

test("a feature that tells the label of the training rows is named", () => {
  const dataset = datasetOf(() => true);
  const warnings = leakWarnings(dataset, firstHalf(dataset));
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain("told");
});

test("labels outside the training rows are not looked at, and the protocol's own label times are no finding", () => {
  const dataset = datasetOf((row) => row >= HALF);
  expect(leakWarnings(dataset, firstHalf(dataset))).toEqual([]);
});
