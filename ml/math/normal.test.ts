import fc from "fast-check";
import { expect, test } from "vitest";
import { normalQuantile } from "./normal.ts";

test.each([
  [0.001, -3.090_232_306_167_813],
  [0.2, -0.841_621_233_572_914_2],
  [0.5, 0],
  [0.975, 1.959_963_984_540_054],
  [1 - 1e-9, 5.997_807_019_601_637],
  [1e-20, -9.262_340_089_798_41],
])("the normal quantile of %d is scipy's", (p, expected) => {
  expect(normalQuantile(p)).toBeCloseTo(expected, 9);
});

test("the quantile is odd around one half and rises", () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 0.499, noNaN: true }), (p) => {
      expect(normalQuantile(1 - p)).toBeCloseTo(-normalQuantile(p), 8);
      expect(normalQuantile(p * 1.001)).toBeGreaterThan(normalQuantile(p));
    }),
  );
});

test("0 and 1 are the infinities, anything else outside is refused", () => {
  expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
  expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
  expect(() => normalQuantile(-0.1)).toThrow(RangeError);
  expect(() => normalQuantile(Number.NaN)).toThrow(RangeError);
});
