import fc from "fast-check";
import { expect, test } from "vitest";
import { rankedCounts } from "./ranked-counts.ts";

test("counts enter once per distinct score, highest first", () => {
  const counts = rankedCounts([0.2, 0.9, 0.2, 0.5], [1, 0, 0, 1]);
  expect([...counts.thresholds]).toEqual([0.9, 0.5, 0.2]);
  expect([...counts.tp]).toEqual([0, 1, 2]);
  expect([...counts.fp]).toEqual([1, 1, 2]);
  expect([counts.positives, counts.negatives]).toEqual([2, 2]);
});

test("weights replace the count of one", () => {
  const counts = rankedCounts([0.2, 0.9], [1, 0], [3, 0.5]);
  expect([...counts.tp]).toEqual([0, 3]);
  expect([...counts.fp]).toEqual([0.5, 0.5]);
});

test("no rows give no counts", () => {
  const counts = rankedCounts([], []);
  expect(counts.thresholds).toHaveLength(0);
  expect(counts.positives + counts.negatives).toBe(0);
});

test("rows that cannot be ranked are refused rather than guessed", () => {
  expect(() => rankedCounts([0.1, 0.2], [1])).toThrow("2 scores but 1 labels");
  expect(() => rankedCounts([0.1], [-1])).toThrow("neither 0 nor 1");
  expect(() => rankedCounts([Number.NaN], [1])).toThrow(RangeError);
  expect(() => rankedCounts([0.1], [1], [-2])).toThrow("at least 0");
  expect(() => rankedCounts([0.1], [1], [1, 1])).toThrow("2 weights");
});

const arbitraryRows = fc.array(
  fc.record({
    score: fc.integer({ min: 0, max: 5 }),
    label: fc.integer({ min: 0, max: 1 }),
    weight: fc.constantFrom(0, 0.5, 2),
  }),
  { maxLength: 40 },
);

test("each threshold counts the weight at or above it, by its definition", () => {
  fc.assert(
    fc.property(arbitraryRows, (rows) => {
      const counts = rankedCounts(
        rows.map(({ score }) => score),
        rows.map(({ label }) => label),
        rows.map(({ weight }) => weight),
      );
      const weigh = (label: number, from: number): number =>
        rows.reduce((sum, row) => sum + (row.label === label && row.score >= from ? row.weight : 0), 0);
      expect([...counts.thresholds]).toEqual(
        [...new Set(rows.map(({ score }) => score))].toSorted((a, b) => b - a),
      );
      counts.thresholds.forEach((threshold, i) => {
        expect(counts.tp[i]).toBe(weigh(1, threshold));
        expect(counts.fp[i]).toBe(weigh(0, threshold));
      });
      expect(counts.positives).toBe(weigh(1, Number.NEGATIVE_INFINITY));
      expect(counts.negatives).toBe(weigh(0, Number.NEGATIVE_INFINITY));
    }),
  );
});
