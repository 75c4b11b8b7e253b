import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import { pcaReference, reconstructionError } from "./pca-reconstruction.ts";

/** Three columns: two that move together (or against each other) and one of noise. */
function windowOf(seed: number, sign = 1): number[][] {
  const rng = createRng(seed);
  return Array.from({ length: 400 }, () => {
    const shared = rng.normal();
    return [shared + 0.1 * rng.normal(), 100 * sign * shared + 10 * rng.normal(), rng.normal()];
  });
}

test("two columns that move together need one component, the noise another", () => {
  const reference = pcaReference(windowOf(1), 0.65);
  expect(reference?.components).toHaveLength(1);
  expect(reference?.explainedVarianceRatio[0]).toBeCloseTo(2 / 3, 1);
  expect(pcaReference(windowOf(1), 0.9)?.components).toHaveLength(2);
});

test("the error stays put without drift and rises when a correlation flips that no margin shows", () => {
  const reference = pcaReference(windowOf(1), 0.9);
  if (reference === null) throw new Error("the window has variance");
  const before = reconstructionError(reference, windowOf(1)) ?? Number.NaN;
  expect(Math.abs((reconstructionError(reference, windowOf(2)) ?? 9) / before - 1)).toBeLessThan(0.15);
  expect(reconstructionError(reference, windowOf(3, -1))).toBeGreaterThan(5 * before);
});

test("all components rebuild every row", () => {
  const reference = pcaReference(windowOf(1), 1);
  if (reference === null) throw new Error("the window has variance");
  expect(reference.components).toHaveLength(3);
  expect(reconstructionError(reference, windowOf(4))).toBeCloseTo(0, 10);
});

test("a constant column is no reason to fail, and a reference survives JSON", () => {
  const rows = windowOf(5).map(([first = 0, second = 0]) => [first, 7, second]);
  const reference = pcaReference(rows, 0.65);
  expect(reference?.explainedVarianceRatio[0]).toBeGreaterThan(0.9);
  expect(JSON.parse(JSON.stringify(reference))).toEqual(reference);
});

test("no rows, or nothing that varies, give null", () => {
  expect(pcaReference([])).toBeNull();
  expect(
    pcaReference([
      [1, 2],
      [1, 2],
    ]),
  ).toBeNull();
  const reference = pcaReference([[1], [2]]);
  expect(reference && reconstructionError(reference, [])).toBeNull();
});
