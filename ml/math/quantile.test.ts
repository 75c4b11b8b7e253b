import fc from "fast-check";
import { expect, test } from "vitest";
import { quantileOfSorted, quantiles } from "./quantile.ts";

test("quantiles of a small sample are numpy's", () => {
  const result = quantiles([3, 1, 2, 10, 7], [0, 0.05, 0.25, 0.5, 0.9, 1]);
  expect(result).toEqual([1, 1.2, 2, 3, expect.closeTo(8.8, 12), 10]);
});

test("a single value is every quantile, and an empty sample has none", () => {
  expect(quantiles([4.5], [0, 0.3, 1])).toEqual([4.5, 4.5, 4.5]);
  expect(quantiles([], [0.5])).toBeNull();
});

test("quantiles never fall with the probability and stay within the sample", () => {
  const sample = fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1 });
  fc.assert(
    fc.property(sample, (values) => {
      const result = quantiles(values, [0, 0.1, 0.5, 0.77, 1]) ?? [];
      expect(result[0]).toBe(Math.min(...values));
      expect(result[4]).toBe(Math.max(...values));
      result.slice(1).forEach((value, i) => {
        expect(value).toBeGreaterThanOrEqual((result[i] ?? Number.NaN) - 1e-6);
      });
    }),
  );
});

test("neither NaN nor a probability outside [0, 1] is accepted", () => {
  expect(() => quantiles([1, Number.NaN], [0.5])).toThrow(RangeError);
  expect(() => quantileOfSorted([1], 1.1)).toThrow(RangeError);
  expect(() => quantileOfSorted([], 0.5)).toThrow(RangeError);
});
