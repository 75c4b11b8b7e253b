import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import { pageHinkley } from "./page-hinkley.ts";

const options = { minInstances: 30, delta: 0.005, threshold: 50, alpha: 0.9999 };

function streamOf(lengths: readonly number[], means: readonly number[], seed: number): number[] {
  const rng = createRng(seed);
  return lengths.flatMap((length, part) => Array.from({ length }, () => rng.normal() + (means[part] ?? 0)));
}

test("a stable stream has no drift, a rise is found soon after it begins", () => {
  expect(pageHinkley(streamOf([500], [0], 1), options)).toEqual([]);
  const [drift] = pageHinkley(streamOf([200, 200], [0, 2], 2), options);
  expect(drift).toBeGreaterThan(200);
  expect(drift).toBeLessThan(260);
});

test("a fall is not a drift: the test is one-sided", () => {
  expect(pageHinkley(streamOf([200, 200], [0, -3], 3), options)).toEqual([]);
});

test("nothing is reported before the minimum of instances, counted with its start at one", () => {
  const jump = [0, 100, 100, 100];
  expect(pageHinkley(jump, { ...options, minInstances: 4 })).toEqual([2]);
  expect(pageHinkley(jump, { ...options, minInstances: 9 })).toEqual([]);
});

test("after a drift everything starts anew", () => {
  const rises = pageHinkley([0, 200, 0, 200], { ...options, minInstances: 3 });
  expect(rises).toEqual([1, 3]);
});

test("an empty stream has no drift", () => {
  expect(pageHinkley([], options)).toEqual([]);
});
