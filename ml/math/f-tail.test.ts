import fc from "fast-check";
import { expect, test } from "vitest";
import { chiSquareTail } from "./chi-square-tail.ts";
import { fTail, fUpperQuantile } from "./f-tail.ts";

test("tails known in closed form: F(2, d) and F(1, 1)", () => {
  for (const [x, d] of [
    [0.5, 3],
    [3, 8],
    [40, 5],
  ] as const) {
    expect(fTail(x, 2, d)).toBeCloseTo((1 + (2 * x) / d) ** (-d / 2), 12);
  }
  expect(fTail(3, 1, 1)).toBeCloseTo(1 - (2 / Math.PI) * Math.atan(Math.sqrt(3)), 12);
});

test("tables: the upper 5 % and 1 % points", () => {
  expect(fUpperQuantile(0.05, 1, 7)).toBeCloseTo(5.5914478512, 8);
  expect(fUpperQuantile(0.01, 9, 20)).toBeCloseTo(3.4566757, 6);
});

test("with endless denominator degrees it is the chi-square", () => {
  expect(fTail(1.8, 4, 1e9)).toBeCloseTo(chiSquareTail(7.2, 4), 6);
});

test("the tail falls with x, and swapping the degrees mirrors it", () => {
  const df = fc.double({ min: 0.5, max: 60, noNaN: true });
  const x = fc.double({ min: 0.01, max: 50, noNaN: true });
  fc.assert(
    fc.property(x, df, df, (at, df1, df2) => {
      expect(fTail(at, df1, df2)).toBeGreaterThanOrEqual(fTail(at * 1.1, df1, df2) - 1e-12);
      expect(fTail(at, df1, df2) + fTail(1 / at, df2, df1)).toBeCloseTo(1, 9);
    }),
  );
});

test("nothing is under 0, and degrees must be above 0", () => {
  expect(fTail(-1, 2, 2)).toBe(1);
  expect(fTail(Number.POSITIVE_INFINITY, 2, 2)).toBe(0);
  expect(() => fTail(1, 0, 2)).toThrow(RangeError);
  expect(() => fUpperQuantile(0, 1, 2)).toThrow(RangeError);
});
