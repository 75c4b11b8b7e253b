import fc from "fast-check";
import { expect, test } from "vitest";
import { psiFromCounts, psiNumeric } from "./population-stability.ts";

test("PSI of a worked example", () => {
  const result = psiFromCounts([50, 50], [40, 60]);
  expect(result?.psi).toBeCloseTo(-0.1 * Math.log(0.8) + 0.1 * Math.log(1.2), 14);
  expect(result?.contributions).toHaveLength(2);
});

test("an empty bin counts with the floor, not renormalised", () => {
  const psi = psiFromCounts([100, 0], [50, 50])?.psi;
  expect(psi).toBeCloseTo(-0.5 * Math.log(0.5) + 0.4999 * Math.log(0.5 / 1e-4), 12);
});

test("a distribution with itself has PSI zero, whatever its size", () => {
  const counts = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(counts, fc.integer({ min: 1, max: 9 }), (reference, scale) => {
      fc.pre(reference.some((count) => count > 0));
      expect(
        psiFromCounts(
          reference,
          reference.map((count) => count * scale),
        )?.psi,
      ).toBeCloseTo(0, 12);
    }),
  );
});

test("PSI is never negative and does not depend on which side is the reference", () => {
  const counts = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(counts, counts, (first, second) => {
      const there = psiFromCounts(first, second)?.psi ?? -1;
      expect(there).toBeGreaterThanOrEqual(0);
      expect(psiFromCounts(second, first)?.psi).toBeCloseTo(there, 12);
    }),
  );
});

test("missing values never enter, and a side of nothing else gives null", () => {
  const reference = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  const missing = [Number.NaN, Number.NaN];
  const whole = psiNumeric(reference, [2, 9, 4], { bins: 4 });
  expect(psiNumeric([...reference, ...missing], [2, ...missing, 9, 4], { bins: 4 })).toEqual(whole);
  expect(psiNumeric(reference, missing, { bins: 4 })).toBeNull();
  expect(psiNumeric([], reference, { bins: 4 })).toBeNull();
});

test("a constant reference keeps one cut and sees what rises above it", () => {
  const result = psiNumeric([7, 7, 7, 7], [7, 8], { bins: 10 });
  expect(result).toMatchObject({ cuts: [7], referenceCounts: [4, 0], currentCounts: [1, 1] });
  expect(result?.psi).toBeGreaterThan(1);
});

test("unequal numbers of bins are refused", () => {
  expect(() => psiFromCounts([1], [1, 2])).toThrow(RangeError);
});
