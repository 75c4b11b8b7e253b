import fc from "fast-check";
import { expect, test } from "vitest";
import { wilsonInterval } from "./wilson-interval.ts";

test("3 of 20 at 95 percent", () => {
  const interval = wilsonInterval(3, 20, 0.95);
  expect(interval?.lower).toBeCloseTo(0.052_368_745_896_216_6, 12);
  expect(interval?.upper).toBeCloseTo(0.360_418_864_740_756_96, 12);
});

test("no success ends exactly at 0, no failure exactly at 1, and nothing counted is null", () => {
  expect(wilsonInterval(0, 10)?.lower).toBe(0);
  expect(wilsonInterval(10, 10)?.upper).toBe(1);
  expect(wilsonInterval(0, 0)).toBeNull();
});

test("the interval holds the share, and mirrors when successes and failures swap", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat(), (n, draw) => {
      const successes = draw % (n + 1);
      const interval = wilsonInterval(successes, n);
      const mirrored = wilsonInterval(n - successes, n);
      expect(interval?.lower).toBeLessThanOrEqual(successes / n);
      expect(interval?.upper).toBeGreaterThanOrEqual(successes / n);
      expect(mirrored?.lower).toBeCloseTo(1 - (interval?.upper ?? Number.NaN), 10);
    }),
  );
});

test("impossible counts and confidences are refused", () => {
  expect(() => wilsonInterval(3, 2)).toThrow(RangeError);
  expect(() => wilsonInterval(1, 2, 1)).toThrow(RangeError);
});
