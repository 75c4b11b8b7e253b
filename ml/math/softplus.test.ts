import fc from "fast-check";
import { expect, test } from "vitest";
import { softplus } from "./softplus.ts";

test("softplus where it can be worked out otherwise", () => {
  expect(softplus(0)).toBeCloseTo(Math.LN2, 15);
  expect(softplus(2)).toBeCloseTo(Math.log(1 + Math.exp(2)), 14);
  expect(softplus(-40)).toBeCloseTo(Math.exp(-40), 30);
  expect(softplus(1e308)).toBe(1e308);
  expect(softplus(-1e308)).toBe(0);
});

test("the two sides differ by x", () => {
  fc.assert(
    fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
      expect(softplus(x) - softplus(-x)).toBeCloseTo(x, 9);
    }),
  );
});
