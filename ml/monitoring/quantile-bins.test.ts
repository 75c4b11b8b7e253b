import fc from "fast-check";
import { expect, test } from "vitest";
import { binOf, countBins, mergeBinCounts, quantileCuts } from "./quantile-bins.ts";

test("cuts are the reference's quantiles without duplicates, missing values left out", () => {
  expect(quantileCuts([0, 1, 2, 3, 4, 5, 6, 7, 8, Number.NaN], 4)).toEqual([2, 4, 6]);
  expect(quantileCuts([7, 7, 7], 10)).toEqual([7]);
  expect(quantileCuts([Number.NaN], 10)).toEqual([]);
});

test("a value equal to a cut goes to the lower bin, and the ends are open", () => {
  const cuts = [2, 4, 6];
  const bins = [Number.NEGATIVE_INFINITY, 2, 2.000_000_1, 4, 6, 7].map((value) => binOf(cuts, value));
  expect(bins).toEqual([0, 0, 1, 1, 2, 3]);
});

test("missing values are counted apart", () => {
  expect(countBins([2], [1, Number.NaN, 3, 2])).toEqual({ counts: [2, 1], missing: 1 });
  expect(countBins([], [1, 5])).toEqual({ counts: [2], missing: 0 });
});

test("counts of two windows merge into the counts of both together", () => {
  const values = fc.array(fc.oneof(fc.integer({ min: -5, max: 5 }), fc.constant(Number.NaN)));
  fc.assert(
    fc.property(values, values, (first, second) => {
      const cuts = [-2, 0, 3];
      const merged = mergeBinCounts(countBins(cuts, first), countBins(cuts, second));
      expect(merged).toEqual(countBins(cuts, [...first, ...second]));
      expect(merged.counts.reduce((sum, count) => sum + count, merged.missing)).toBe(
        first.length + second.length,
      );
    }),
  );
});

test("bins that do not match, and no bins at all, are refused", () => {
  expect(() => mergeBinCounts({ counts: [1], missing: 0 }, { counts: [1, 2], missing: 0 })).toThrow(
    RangeError,
  );
  expect(() => quantileCuts([1], 0)).toThrow(RangeError);
});
