import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import { mmdSquared } from "./mmd.ts";

test("two points against two points, by hand", () => {
  const near = Math.exp(-0.5);
  const far = Math.exp(-2);
  const expected = near + near - (near + 1 + far + near) / 2;
  expect(mmdSquared([[0], [1]], [[1], [2]], 1)).toBeCloseTo(expected, 14);
});

test("it is unbiased: near 0 on average for samples of one distribution, also below it", () => {
  const rng = createRng(1);
  const draw = (): number[][] => Array.from({ length: 20 }, () => [rng.normal(), rng.normal()]);
  const values = Array.from({ length: 200 }, () => mmdSquared(draw(), draw(), 1) ?? Number.NaN);
  expect(Math.abs(values.reduce((sum, value) => sum + value / 200, 0))).toBeLessThan(0.005);
  expect(Math.min(...values)).toBeLessThan(0);
});

test("a shift makes it clearly positive", () => {
  const rng = createRng(2);
  const x = Array.from({ length: 50 }, () => [rng.normal(), rng.normal()]);
  const y = Array.from({ length: 50 }, () => [rng.normal() + 2, rng.normal()]);
  expect(mmdSquared(x, y, 1)).toBeGreaterThan(0.2);
});

test("a single row has no within-sample mean", () => {
  expect(mmdSquared([[1]], [[1], [2]], 1)).toBeNull();
});

test("a kernel without width and rows of different widths are refused", () => {
  expect(() => mmdSquared([[1], [2]], [[1], [2]], 0)).toThrow(RangeError);
  expect(() => mmdSquared([[1], [2]], [[1], [2, 3]], 1)).toThrow(RangeError);
});
