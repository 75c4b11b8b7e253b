import fc from "fast-check";
import { expect, test } from "vitest";
import { chiSquare } from "./chi-square.ts";

test("a 2 x 3 table as scipy tests it", () => {
  const result = chiSquare({ a: 50, b: 30, c: 20 }, { a: 40, b: 45, c: 15 });
  expect(result).toMatchObject({ degreesOfFreedom: 2, minExpected: 17.5 });
  expect(result?.statistic).toBeCloseTo(4.825_396_825_396_825, 12);
  expect(result?.p).toBeCloseTo(0.089_573_262_538_879_96, 12);
  expect(result?.cramersVBiasCorrected).toBeCloseTo(0.118_944_640_405_361_73, 12);
});

test("categories absent on both sides are dropped, unseen ones are not", () => {
  expect(chiSquare({ a: 10, b: 12, z: 0 }, { a: 8, b: 20, z: 0 })?.degreesOfFreedom).toBe(1);
  expect(chiSquare({ a: 50, b: 50 }, { a: 45, b: 50, z: 5 })?.degreesOfFreedom).toBe(2);
});

test("one category is no test: statistic 0, p 1, V null", () => {
  expect(chiSquare({ a: 10 }, { a: 7 })).toMatchObject({
    statistic: 0,
    degreesOfFreedom: 0,
    p: 1,
    cramersV: null,
  });
});

test("an empty side gives null", () => {
  expect(chiSquare({ a: 5 }, {})).toBeNull();
  expect(chiSquare({ a: 0 }, { a: 3 })).toBeNull();
});

test("proportions that agree give p 1, and p is a probability", () => {
  const counts = fc.record({ a: fc.nat(500), b: fc.nat(500), c: fc.nat(500) });
  fc.assert(
    fc.property(counts, counts, fc.integer({ min: 1, max: 5 }), (first, second, scale) => {
      const result = chiSquare(first, second);
      if (result !== null) {
        expect(result.p).toBeGreaterThanOrEqual(0);
        expect(result.p).toBeLessThanOrEqual(1);
      }
      const same = chiSquare(first, { a: first.a * scale, b: first.b * scale, c: first.c * scale });
      if (same !== null) expect(same.p).toBeCloseTo(1, 6);
    }),
  );
});
