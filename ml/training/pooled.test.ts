import { expect, test } from "vitest";
import { pooledMargins, pooledValidation } from "./pooled.ts";
import type { Slice } from "./time-split.ts";

function slice(rows: readonly number[], labels: readonly number[]): Slice {
  return {
    window: { fromMs: 0, toMs: 1 },
    rows: Uint32Array.from(rows),
    labels: Uint8Array.from(labels),
  };
}

test("margins, rows and labels of the folds line up, fold after fold", () => {
  const train = slice([0], [0]);
  const folds = [
    { train, validation: slice([7, 8], [1, 0]) },
    { train, validation: slice([3], [1]) },
  ];
  const { rows, labels } = pooledValidation(folds);
  expect([...rows]).toEqual([7, 8, 3]);
  expect([...labels]).toEqual([1, 0, 1]);
  expect([...pooledMargins([Float64Array.of(0.7, 0.8), Float64Array.of(0.3)])]).toEqual([0.7, 0.8, 0.3]);
});

test("no folds pool to nothing", () => {
  expect(pooledMargins([])).toHaveLength(0);
  expect(pooledValidation([]).rows).toHaveLength(0);
});
