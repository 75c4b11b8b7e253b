import fc from "fast-check";
import { expect, test } from "vitest";
import { curvePoints } from "./curves.ts";
import { precisionAtRecallOf } from "./precision-at-recall.ts";
import { rankedCounts } from "./ranked-counts.ts";

test("the highest threshold that reaches the recall is taken", () => {
  const counts = rankedCounts([0.9, 0.8, 0.7, 0.6, 0.5], [1, 0, 1, 0, 1]);
  expect(precisionAtRecallOf(counts, 1 / 3)).toBe(1);
  expect(precisionAtRecallOf(counts, 0.34)).toBeCloseTo(2 / 3, 14);
  expect(precisionAtRecallOf(counts, 1)).toBeCloseTo(3 / 5, 14);
});

test("without frauds, or for no recall at all, there is none", () => {
  expect(precisionAtRecallOf(rankedCounts([0.9, 0.1], [0, 0]), 0.5)).toBeNull();
  expect(precisionAtRecallOf(rankedCounts([0.9, 0.1], [1, 0]), 0)).toBeNull();
  expect(() => precisionAtRecallOf(rankedCounts([0.9], [1]), 1.1)).toThrow(RangeError);
});

test("it is the precision of the first point of the curve with that recall", () => {
  const row = fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 1 }));
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 1, maxLength: 40 }),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      (rows, recall) => {
        const scores = rows.map(([score]) => score);
        const labels = rows.map(([, label]) => label);
        const first = curvePoints(scores, labels).find((point) => (point.recall ?? 0) >= recall);
        expect(precisionAtRecallOf(rankedCounts(scores, labels), recall)).toBe(first?.precision ?? null);
      },
    ),
  );
});
