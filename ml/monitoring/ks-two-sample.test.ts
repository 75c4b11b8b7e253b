import fc from "fast-check";
import { expect, test } from "vitest";
import { ksTwoSample } from "./ks-two-sample.ts";

test("tiny samples as scipy's exact test has them", () => {
  const result = ksTwoSample([1, 2, 3], [2.5, 3.5, 4.5, 5.5]);
  expect(result).toMatchObject({ statistic: 0.75, fraction: { top: 3, bottom: 4 } });
  expect(result?.pLimit).toBeCloseTo(0.289_818_651_978_15, 12);
  expect(result?.pExact).toBeCloseTo(8 / 35, 14);
});

test("equal samples have distance 0 and p 1", () => {
  expect(ksTwoSample([1, 2, 2], [2, 1, 2])).toEqual({
    statistic: 0,
    fraction: { top: 0, bottom: 1 },
    pLimit: 1,
    pExact: 1,
  });
});

test("fully separated samples have the two extreme orders of all merges", () => {
  expect(ksTwoSample([1, 2, 3, 4, 5], [11, 12, 13, 14, 15, 16])?.pExact).toBeCloseTo(2 / 462, 15);
});

test("the far tail keeps its relative precision", () => {
  const low = Array.from({ length: 60 }, (_, i) => i);
  const p =
    ksTwoSample(
      low,
      low.map((value) => value + 1000),
    )?.pExact ?? 0;
  const merges = low.reduce((product, i) => (product * (61 + i)) / (1 + i), 1);
  expect((p * merges) / 2).toBeCloseTo(1, 9);
});

const sample = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 14 });

test("the distance is the largest gap of the empirical distributions", () => {
  fc.assert(
    fc.property(sample, sample, (first, second) => {
      const shareUpTo = (values: readonly number[], x: number): number =>
        values.filter((value) => value <= x).length / values.length;
      const gaps = [...first, ...second].map((x) => Math.abs(shareUpTo(first, x) - shareUpTo(second, x)));
      const result = ksTwoSample(first, second);
      expect(result?.statistic).toBeCloseTo(Math.max(...gaps), 12);
      expect(ksTwoSample(second, first)?.pExact).toBeCloseTo(result?.pExact ?? 9, 12);
    }),
  );
});

test("an empty sample gives null, and NaN is refused", () => {
  expect(ksTwoSample([], [1])).toBeNull();
  expect(() => ksTwoSample([Number.NaN], [1])).toThrow(RangeError);
});

test("beyond 4 million lattice points the exact p is left out", () => {
  const long = Array.from({ length: 2_100 }, (_, i) => i);
  expect(ksTwoSample(long, long)?.pExact).toBeNull();
});
