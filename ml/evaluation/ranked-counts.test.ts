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
