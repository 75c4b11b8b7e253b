import fc from "fast-check";
import { expect, test } from "vitest";
import { sigmoid } from "./sigmoid.ts";

const exact = (z: number): number => 1 / (1 + Math.exp(-z));

test("equal to 1 / (1 + e^-z) within 2e-10 of its value, between the table's points too", () => {
  for (let k = -20_000; k <= 20_000; k++) {
    const z = k / 501;
    expect(Math.abs(sigmoid(z) / exact(z) - 1)).toBeLessThan(2e-10);
  }
});

test("rises with z, and both sides sum to 1", () => {
  const margin = fc.double({ min: -40, max: 40, noNaN: true });
  fc.assert(
    fc.property(margin, fc.double({ min: 1e-3, max: 10, noNaN: true }), (z, step) => {
      expect(sigmoid(z + step)).toBeGreaterThanOrEqual(sigmoid(z));
      expect(sigmoid(z) + sigmoid(-z)).toBeCloseTo(1, 9);
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
