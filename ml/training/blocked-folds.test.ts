import fc from "fast-check";
import { expect, test } from "vitest";
import { blockedFolds } from "./blocked-folds.ts";
import type { Slice } from "./time-split.ts";

const HOUR_MS = 3_600_000;

/** Rows an hour apart, every `every`-th a fraud. */
function hourly(rows: number, every = 5): { occurredAtMs: Float64Array; slice: Slice } {
  return {
    occurredAtMs: Float64Array.from({ length: rows }, (_, row) => row * HOUR_MS),
    slice: {
      window: { fromMs: 0, toMs: rows * HOUR_MS },
      rows: Uint32Array.from({ length: rows }, (_, row) => row),
      labels: Uint8Array.from({ length: rows }, (_, row) => Number(row % every === 0)),
    },
  };
}

test("blocks follow one another in time, hold as many rows each, and are learnt around", () => {
  const { slice, ...dataset } = hourly(40);
  const folds = blockedFolds(dataset, slice, { count: 4, embargoMs: 0 });
  expect(folds.map(({ validation }) => [validation.rows[0], validation.rows.at(-1)])).toEqual([
    [0, 9],
    [10, 19],
    [20, 29],
    [30, 39],
  ]);
  expect(folds[1]?.train.rows).toHaveLength(30);
  expect(folds[1]?.validation.window).toEqual({ fromMs: 10 * HOUR_MS, toMs: 19 * HOUR_MS + 1 });
});

test("every row is validated once, is never learnt from in that fold, and keeps its label", () => {
  fc.assert(
    fc.property(fc.integer({ min: 30, max: 90 }), fc.integer({ min: 2, max: 5 }), (rows, count) => {
      const { slice, ...dataset } = hourly(rows, 3);
      const folds = blockedFolds(dataset, slice, { count, embargoMs: 0 });
      expect(folds.flatMap(({ validation }) => [...validation.rows])).toEqual([...slice.rows]);
      for (const { train, validation } of folds) {
        expect([...train.rows, ...validation.rows].sort((a, b) => a - b)).toEqual([...slice.rows]);
        train.rows.forEach((row, at) => {
          expect(train.labels[at]).toBe(Number(row % 3 === 0));
        });
      }
    }),
  );
});

test("rows within the embargo of the block, before it and after it, are left out of training", () => {
  const { slice, ...dataset } = hourly(40);
  const [, second] = blockedFolds(dataset, slice, { count: 4, embargoMs: 3 * HOUR_MS });
  // The block is 10 to 19; rows 8, 9, 20 and 21 are under three hours away, 7 and 22 exactly three.
  expect([...(second?.train.rows ?? [])].slice(0, 9)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 22]);
});

test("blocks go by time even where rows do not, and training rows stay ascending", () => {
  const { slice, occurredAtMs } = hourly(40, 3);
  const folds = blockedFolds({ occurredAtMs: occurredAtMs.toReversed() }, slice, { count: 4, embargoMs: 0 });
  expect([...(folds[0]?.validation.rows ?? [])]).toEqual([30, 31, 32, 33, 34, 35, 36, 37, 38, 39]);
  const rows = [...(folds[2]?.train.rows ?? [])];
  expect(rows).toEqual(rows.toSorted((a, b) => a - b));
});

test("rows of one moment are cut by their order", () => {
  const { slice } = hourly(20, 2);
  const folds = blockedFolds({ occurredAtMs: new Float64Array(20) }, slice, { count: 2, embargoMs: 0 });
  expect(folds.map(({ validation }) => validation.rows[0])).toEqual([0, 10]);
});

test("blocks without a fraud are no folds; under two folds there is no choosing", () => {
  const { slice, ...dataset } = hourly(40);
  const early = { ...slice, labels: slice.labels.map((label, row) => (row < 20 ? label : 0)) };
  expect(blockedFolds(dataset, early, { count: 4, embargoMs: 0 })).toHaveLength(2);
  const single = { ...slice, labels: slice.labels.map((_, row) => Number(row === 3)) };
  expect(() => blockedFolds(dataset, single, { count: 4, embargoMs: 0 })).toThrow("too few frauds");
  expect(() => blockedFolds(dataset, slice, { count: 1, embargoMs: 0 })).toThrow("count of 2 or more");
});
