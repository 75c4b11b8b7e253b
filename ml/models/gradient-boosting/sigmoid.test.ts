import fc from "fast-check";
import { expect, test } from "vitest";
import { sigmoid } from "./sigmoid.ts";

test("equal to 1 / (1 + e^-z) within 1e-12 of its value", () => {
  fc.assert(
    fc.property(fc.double({ min: -40, max: 40, noNaN: true }), (z) => {
      const exact = 1 / (1 + Math.exp(-z));
      expect(Math.abs(sigmoid(z) - exact)).toBeLessThan(1e-12 * exact);
    }),
  );
});

test("one half at 0, held above 0 and at 1 far out, NaN stays NaN", () => {
  expect(sigmoid(0)).toBe(0.5);
  expect(sigmoid(Number.POSITIVE_INFINITY)).toBe(1);
  expect(sigmoid(-1e9)).toBeGreaterThan(0);
  expect(sigmoid(-1e9)).toBeLessThan(1e-17);
  expect(sigmoid(Number.NaN)).toBeNaN();
});
