import { expect, test } from "vitest";
import { createRng } from "./seeded-random.ts";

function momentsOf(draw: () => number, count: number): { mean: number; variance: number } {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < count; i++) {
    const value = draw();
    sum += value;
    squares += value * value;
  }
  return { mean: sum / count, variance: squares / count - (sum / count) ** 2 };
}

test("the same seed gives the same stream and another seed another one", () => {
  const first = createRng(42);
  const again = createRng(42);
  const other = createRng(43);
  const draws = Array.from({ length: 50 }, () => first.next());
  expect(Array.from({ length: 50 }, () => again.next())).toEqual(draws);
  expect(Array.from({ length: 50 }, () => other.next())).not.toEqual(draws);
});

test("the stream of a seed never changes between releases, since stored artefacts depend on it", () => {
  const rng = createRng("assay");
  expect([rng.next(), rng.next(), rng.normal(), rng.integer(1000), rng.poisson(4), rng.poisson(400)]).toEqual(
    [0.053879817243890016, 0.6653931441810497, 0.4121016821537717, 140, 3, 409],
  );
});

test("a number and its text name the same stream, a suffix names another", () => {
  expect(createRng(7).next()).toBe(createRng("7").next());
  expect(createRng("7:labels").next()).not.toBe(createRng("7").next());
});

test("uniform draws lie in [0, 1) with the mean and variance of the uniform", () => {
  const rng = createRng(1);
  const values = Array.from({ length: 50_000 }, () => rng.next());
  expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...values)).toBeLessThan(1);
  const { mean, variance } = momentsOf(() => rng.next(), 100_000);
  expect(mean).toBeCloseTo(0.5, 2);
  expect(variance).toBeCloseTo(1 / 12, 2);
});

test("normal draws have mean 0, variance 1 and 5 percent outside 1.96", () => {
  const rng = createRng(2);
  const { mean, variance } = momentsOf(() => rng.normal(), 100_000);
  expect(Math.abs(mean)).toBeLessThan(0.015);
  expect(Math.abs(variance - 1)).toBeLessThan(0.02);
  const outside = Array.from({ length: 50_000 }, () => rng.normal()).filter((z) => Math.abs(z) > 1.96);
  expect(outside.length / 50_000).toBeCloseTo(0.05, 2);
});

test("integers cover their range evenly and never reach the limit", () => {
  const rng = createRng(3);
  const counts = new Array<number>(6).fill(0);
  for (let i = 0; i < 60_000; i++) {
    const face = rng.integer(6);
    counts[face] = (counts[face] ?? Number.NaN) + 1;
  }
  expect(counts).toHaveLength(6);
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(450);
});

test.each([0.3, 4, 29.9, 30, 250])("Poisson counts with mean %d have that mean and variance", (mean) => {
  const rng = createRng(4);
  const moments = momentsOf(() => rng.poisson(mean), 40_000);
  expect(Math.abs(moments.mean - mean)).toBeLessThan(5 * Math.sqrt(mean / 40_000));
  expect(Math.abs(moments.variance / mean - 1)).toBeLessThan(0.05);
});

test("a Poisson mean of 0 gives 0", () => {
  expect(createRng(5).poisson(0)).toBe(0);
});

test("impossible arguments are refused", () => {
  const rng = createRng(6);
  expect(() => createRng(Number.NaN)).toThrow(RangeError);
  expect(() => rng.integer(0)).toThrow(RangeError);
  expect(() => rng.integer(2.5)).toThrow(RangeError);
  expect(() => rng.poisson(-1)).toThrow(RangeError);
  expect(() => rng.poisson(Number.POSITIVE_INFINITY)).toThrow(RangeError);
});
