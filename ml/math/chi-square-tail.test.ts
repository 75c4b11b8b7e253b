import fc from "fast-check";
import { expect, test } from "vitest";
import { chiSquareTail } from "./chi-square-tail.ts";

test.each([
  [0, 1, 1],
  [3.841_458_820_694_124, 1, 0.05],
  [25.3, 9, 0.002_656_641_208_585],
  [0.0001, 3, 0.999_999_734_046_458_5],
])("the tail at %d with %d degrees of freedom is scipy's", (x, df, expected) => {
  expect(chiSquareTail(x, df)).toBeCloseTo(expected, 12);
});

test("far tails keep their relative precision", () => {
  expect(chiSquareTail(300, 9) / 2.610_277_347_206_984_4e-59).toBeCloseTo(1, 9);
  expect(chiSquareTail(10_000, 1)).toBe(0);
});

test("with two degrees of freedom the tail is exp(-x / 2)", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1000, noNaN: true }), (x) => {
      const expected = Math.exp(-x / 2);
      expect(Math.abs(chiSquareTail(x, 2) - expected)).toBeLessThanOrEqual(1e-12 * expected + 1e-15);
    }),
  );
});

test("series and fraction meet, also for many degrees of freedom", () => {
  for (const df of [1, 7, 60, 4_000]) {
    const edge = df + 2;
    const [below, above] = [chiSquareTail(edge * (1 - 1e-9), df), chiSquareTail(edge * (1 + 1e-9), df)];
    expect(below).toBeGreaterThan(above);
    expect(below - above).toBeLessThan(1e-6);
  }
});

test("no degree of freedom puts all mass on 0, and nonsense is refused", () => {
  expect(chiSquareTail(0, 0)).toBe(1);
  expect(chiSquareTail(1, 0)).toBe(0);
  expect(() => chiSquareTail(Number.NaN, 1)).toThrow(RangeError);
  expect(() => chiSquareTail(1, -1)).toThrow(RangeError);
});
