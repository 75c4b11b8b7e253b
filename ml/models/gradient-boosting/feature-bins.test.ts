import fc from "fast-check";
import { expect, test } from "vitest";
import { codeCount, encodeColumn, fitFeatureBins } from "./feature-bins.ts";
import { rowsOf } from "./testing/training-rows.ts";

const column = (values: readonly number[], labels: readonly number[] = values.map(() => 0)) =>
  rowsOf(
    values.map((value) => [value]),
    labels,
  );

test("few distinct values get a bin each, cut half way, and missing values a code of their own", () => {
  const rows = column([3, 1, Number.NaN, 1, 2]);
  const bins = fitFeatureBins(rows, 0, 255);
  expect([...bins.cuts]).toEqual([1.5, 2.5]);
  expect(bins.hasMissing).toBe(true);
  expect(codeCount(bins)).toBe(4);
  expect([...encodeColumn(rows, 0, bins)]).toEqual([2, 0, 3, 0, 1]);
});

test("many values are cut where equal shares of rows lie", () => {
  const bins = fitFeatureBins(column(Array.from({ length: 1000 }, (_, i) => i)), 0, 4);
  expect([...bins.cuts]).toEqual([249.5, 499.5, 749.5]);
});

test("frauds weigh as much as all legitimate rows, so that their tail has bins of its own", () => {
  const values = Array.from({ length: 1000 }, (_, i) => i);
  const bins = fitFeatureBins(
    column(
      values,
      values.map((value) => Number(value >= 990)),
    ),
    0,
    20,
  );
  expect(bins.cuts.filter((cut) => cut >= 989).length).toBeGreaterThanOrEqual(9);
});

test("a constant, an empty and an entirely missing feature have a single bin and no cut", () => {
  expect(codeCount(fitFeatureBins(column([4, 4, 4]), 0, 255))).toBe(1);
  expect(codeCount(fitFeatureBins(column([]), 0, 255))).toBe(1);
  const missing = fitFeatureBins(column([Number.NaN, Number.NaN]), 0, 255);
  expect(missing.cuts).toHaveLength(0);
  expect(missing.hasMissing).toBe(true);
});

test("neighbouring doubles, both zeros and infinities are told apart as numbers are", () => {
  const next = 1 + Number.EPSILON;
  const values = [
    Number.NEGATIVE_INFINITY,
    -0,
    0,
    1,
    next,
    1e308,
    Number.MAX_VALUE,
    Number.POSITIVE_INFINITY,
  ];
  const rows = column(values);
  expect([...encodeColumn(rows, 0, fitFeatureBins(rows, 0, 255))]).toEqual([0, 1, 1, 2, 3, 4, 5, 6]);
});

test("a code never exceeds its cut: x <= cuts[code] and x > cuts[code - 1], in at most maxBins bins", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 200 }),
      fc.integer({ min: 2, max: 255 }),
      (values, maxBins) => {
        const rows = column(
          values,
          values.map((_, i) => i % 2),
        );
        const bins = fitFeatureBins(rows, 0, maxBins);
        expect(bins.cuts.length).toBeLessThan(maxBins);
        for (const [i, code] of encodeColumn(rows, 0, bins).entries()) {
          const value = values[i] ?? 0;
          expect(value <= (bins.cuts[code] ?? Number.POSITIVE_INFINITY)).toBe(true);
          if (code > 0) expect(value > (bins.cuts[code - 1] ?? Number.NaN)).toBe(true);
        }
      },
    ),
  );
});
