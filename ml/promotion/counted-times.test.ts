import { expect, test } from "vitest";
import { boundFrom, countedQuantile, slowerThan, totalCounts } from "./counted-times.ts";

const bounds = [1, 2, 5, 10];

test("quantiles lie in their bucket in proportion", () => {
  expect(countedQuantile([0, 100, 0, 0, 0], bounds, 0.5)).toBeCloseTo(1.5, 12);
  expect(countedQuantile([99, 0, 1, 0, 0], bounds, 0.99)).toBe(1);
  expect(countedQuantile([98, 0, 2, 0, 0], bounds, 0.99)).toBeCloseTo(3.5, 12);
  expect(countedQuantile([0, 0, 0, 0, 5], bounds, 0.99)).toBe(10);
  expect(countedQuantile([0, 0, 0, 0, 0], bounds, 0.99)).toBeNull();
});

test("what took longer than a bound is counted exactly, window by window", () => {
  const windows = [{ counts: [5, 1, 0, 0, 0] }, { counts: [1, 0, 2, 0, 3] }];
  expect(boundFrom(bounds, 1.5)).toBe(2);
  expect(boundFrom(bounds, 99)).toBe(10);
  expect(slowerThan(windows, bounds, 2)).toEqual([
    { hits: 0, total: 6 },
    { hits: 5, total: 6 },
  ]);
  expect(totalCounts(windows, 5)).toEqual([6, 1, 2, 0, 3]);
});
