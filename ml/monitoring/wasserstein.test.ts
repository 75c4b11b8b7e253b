import fc from "fast-check";
import { expect, test } from "vitest";
import { wasserstein } from "./wasserstein.ts";

test("unequal sizes, in units and in reference deviations", () => {
  expect(wasserstein([0, 1], [0, 0, 1, 5])).toEqual({ w1: 1, referenceDeviation: 0.5, w1OverDeviation: 2 });
});

test("a constant reference has no scale to divide by", () => {
  expect(wasserstein([5, 5, 5], [5, 6])).toEqual({ w1: 0.5, referenceDeviation: 0, w1OverDeviation: null });
});

const sample = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 3 });

test("for equal sizes it is the mean distance of the sorted values", () => {
  fc.assert(
    fc.property(sample, sample, (first, second) => {
      const ascending = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
      const after = ascending(second);
      const expected = ascending(first).reduce(
        (sum, value, i) => sum + Math.abs(value - (after[i] ?? 0)) / 3,
        0,
      );
      expect(wasserstein(first, second)?.w1).toBeCloseTo(expected, 10);
    }),
  );
});

test("a shift moves it by exactly the shift", () => {
  fc.assert(
    fc.property(sample, fc.integer({ min: -9, max: 9 }), (values, shift) => {
      expect(
        wasserstein(
          values,
          values.map((value) => value + shift),
        )?.w1,
      ).toBeCloseTo(Math.abs(shift), 10);
    }),
  );
});

test("an empty sample gives null, and NaN is refused", () => {
  expect(wasserstein([], [1])).toBeNull();
  expect(wasserstein([1], [])).toBeNull();
  expect(() => wasserstein([1], [Number.NaN])).toThrow(RangeError);
});
