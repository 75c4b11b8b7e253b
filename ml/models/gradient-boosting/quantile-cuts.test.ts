import fc from "fast-check";
import { expect, test } from "vitest";
import { quantileCuts } from "./quantile-cuts.ts";

const cutsOf = (values: readonly number[], maxBins: number, labels: readonly number[] = []): number[] => {
  const column = { features: Float64Array.from(values), width: 1, rows: values.length, column: 0 };
  return [...quantileCuts({ ...column, labels: Uint8Array.from(values, (_, i) => labels[i] ?? 0) }, maxBins)];
};
const range = Array.from({ length: 1000 }, (_, i) => i);

test("few distinct values get a bin each, cut half way; missing values cut nothing", () => {
  expect(cutsOf([3, 1, Number.NaN, 1, 2], 255)).toEqual([1.5, 2.5]);
});

test("many values are cut where equal shares of rows lie", () => {
  expect(cutsOf(range, 4)).toEqual([249.5, 499.5, 749.5]);
});

test("frauds weigh as much as all legitimate rows, so that their tail has bins of its own", () => {
  const cuts = cutsOf(
    range,
    20,
    range.map((value) => Number(value >= 990)),
  );
  expect(cuts.filter((cut) => cut >= 989).length).toBeGreaterThanOrEqual(9);
});

test("a constant, an empty and an entirely missing feature have no cut", () => {
  expect(cutsOf([4, 4, 4], 255)).toEqual([]);
  expect(cutsOf([], 255)).toEqual([]);
  expect(cutsOf([Number.NaN, Number.NaN], 255)).toEqual([]);
});

test("neighbouring doubles, both zeros and infinities are told apart as numbers are", () => {
  const next = 1 + Number.EPSILON;
  const values = [Number.NEGATIVE_INFINITY, -0, 0, 1, next, 1e308, Number.POSITIVE_INFINITY];
  const cuts = cutsOf(values, 255);
  expect(values.map((value) => cuts.filter((cut) => cut < value).length)).toEqual([0, 1, 1, 2, 3, 4, 5]);
});

test("a column is read out of its matrix", () => {
  const features = Float64Array.from([1, 10, 1, 20, 1, 30]);
  const matrix = { features, width: 2, rows: 3, labels: new Uint8Array(3), column: 1 };
  expect([...quantileCuts(matrix, 255)]).toEqual([15, 25]);
});

test("cuts rise, each has values on both sides, and they leave at most maxBins bins", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 200 }),
      fc.integer({ min: 2, max: 255 }),
      (values, maxBins) => {
        const cuts = cutsOf(
          values,
          maxBins,
          values.map((_, i) => i % 2),
        );
        expect(cuts.length).toBeLessThan(maxBins);
        for (const [i, cut] of cuts.entries()) {
          if (i > 0) expect(cut).toBeGreaterThan(cuts[i - 1] ?? Number.NaN);
          expect(values.some((value) => value <= cut)).toBe(true);
          expect(values.some((value) => value > cut)).toBe(true);
        }
      },
    ),
  );
});
