import fc from "fast-check";
import { expect, test } from "vitest";
import { largestShares } from "./largest-shares.ts";

test("the largest values above zero come first, and equal ones in their order", () => {
  expect(largestShares(Float64Array.of(0.5, 2, -3, 2, 0, 1), 3)).toEqual([1, 3, 5]);
  expect(largestShares(Float64Array.of(1, 1, 1), 2)).toEqual([0, 1]);
});

test("what lowers the margin, adds nothing or is no number is left out, so there may be fewer", () => {
  expect(largestShares(Float64Array.of(-1, 0, Number.NaN, -0, 3), 3)).toEqual([4]);
  expect(largestShares(new Float64Array(0), 3)).toEqual([]);
  expect(largestShares(Float64Array.of(1, 2), 0)).toEqual([]);
});

test("it is the sorted list of positive values, cut off", () => {
  const value = fc.oneof(fc.double(), fc.integer({ min: -3, max: 3 }));
  fc.assert(
    fc.property(fc.array(value, { maxLength: 30 }), fc.integer({ min: 0, max: 6 }), (values, count) => {
      const sorted = [...values.keys()]
        .filter((place) => (values[place] ?? 0) > 0)
        .sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b);
      expect(largestShares(Float64Array.from(values), count)).toEqual(sorted.slice(0, count));
    }),
  );
});
