import fc from "fast-check";
import { expect, test } from "vitest";
import { logGamma } from "./log-gamma.ts";

test("logGamma is the logarithm of the factorial at integers", () => {
  expect(logGamma(1)).toBeCloseTo(0, 14);
  expect(logGamma(5)).toBeCloseTo(Math.log(24), 13);
  expect(logGamma(171)).toBeCloseTo(706.573_062_245_787_4, 10);
});

test("logGamma of one half is the logarithm of the root of pi", () => {
  expect(logGamma(0.5)).toBeCloseTo(0.5 * Math.log(Math.PI), 14);
});

test("logGamma follows its recurrence", () => {
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 500, noNaN: true }), (x) => {
      const gap = logGamma(x + 1) - logGamma(x) - Math.log(x);
      expect(Math.abs(gap)).toBeLessThan(1e-11 * Math.max(1, Math.abs(logGamma(x))));
    }),
  );
});

test("logGamma refuses what is not above 0", () => {
  expect(() => logGamma(0)).toThrow(RangeError);
  expect(() => logGamma(-1)).toThrow(RangeError);
  expect(() => logGamma(Number.NaN)).toThrow(RangeError);
});
