import fc from "fast-check";
import { expect, test } from "vitest";
import type { TrainingRows } from "./model.ts";
import { rowSample } from "./row-sample.ts";

function rowsOf(labels: readonly number[], weights: readonly number[] | null = null): TrainingRows {
  return {
    width: 2,
    rows: labels.length,
    features: Float64Array.from({ length: labels.length * 2 }, (_, i) => i),
    labels: Uint8Array.from(labels),
    weights: weights === null ? null : Float64Array.from(weights),
  };
}

test("few rows stay as they are, and frauds are never left out", () => {
  const few = rowsOf([0, 1, 0]);
  expect(rowSample(few, 3, 1)).toBe(few);
  const frauds = rowsOf([1, 1, 1, 0]);
  expect(rowSample(frauds, 2, 1)).toBe(frauds);
});

test("a sample holds every fraud and weighs what all rows weighed", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 1, maxLength: 60 }),
      fc.nat(59),
      fc.nat(),
      (labels, most, seed) => {
        const all = rowsOf(labels);
        const sample = rowSample(all, most, seed);
        const frauds = labels.filter((label) => label === 1).length;
        expect([...sample.labels].filter((label) => label === 1)).toHaveLength(frauds);
        if (sample === all) return;
        expect(sample.rows).toBe(most);
        const weight = [...(sample.weights ?? [])].reduce((sum, each) => sum + each, 0);
        expect(weight).toBeCloseTo(labels.length, 9);
      },
    ),
  );
});

test("rows keep their order, their features and their own weights", () => {
  const sample = rowSample(rowsOf([0, 1, 0, 0, 1, 0], [1, 2, 3, 4, 5, 6]), 4, 7);
  const firsts = Array.from({ length: 4 }, (_, row) => sample.features[row * 2] ?? Number.NaN);
  expect(firsts).toEqual([...firsts].sort((a, b) => a - b));
  for (const [row, first] of firsts.entries()) {
    const own = first / 2 + 1;
    expect(sample.features[row * 2 + 1]).toBe(first + 1);
    expect(sample.weights?.[row]).toBe(sample.labels[row] === 1 ? own : own * 2);
  }
});

test("the same seed draws the same rows, another seed others", () => {
  const all = rowsOf(Array.from({ length: 200 }, (_, i) => (i % 50 === 0 ? 1 : 0)));
  expect(rowSample(all, 50, 3)).toEqual(rowSample(all, 50, 3));
  expect(rowSample(all, 50, 3).features).not.toEqual(rowSample(all, 50, 4).features);
});
