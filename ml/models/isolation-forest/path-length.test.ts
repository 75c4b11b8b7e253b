import fc from "fast-check";
import { expect, test } from "vitest";
import { averagePathLength } from "./path-length.ts";

test("path lengths as scikit-learn gives them", () => {
  expect([0, 1, 2].map(averagePathLength)).toEqual([0, 0, 1]);
  expect(averagePathLength(5)).toBeCloseTo(2.327_020_052_042_847, 12);
  expect(averagePathLength(256)).toBeCloseTo(10.244_770_920_119_917, 12);
  expect(averagePathLength(999)).toBeCloseTo(12.967_939_884_427_995, 12);
});

test("more rows take longer to part", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), (n) => {
      expect(averagePathLength(n + 1)).toBeGreaterThan(averagePathLength(n));
    }),
  );
});
