import fc from "fast-check";
import { expect, test } from "vitest";
import { sampleRows } from "./importance-sample.ts";

const given = (labels: readonly number[], weights: readonly number[] | null = null) => ({
  model: { width: 2 },
  features: Float64Array.from(labels.flatMap((_, row) => [row, 10 * row])),
  rows: labels.length,
  labels,
  weights,
});

test("frauds take half, and weights keep the number of each label", () => {
  const labels = Array.from({ length: 1_000 }, (_, i) => (i % 4 === 0 ? 1 : 0));
  const sample = sampleRows(given(labels), 100, "s");
  expect(sample.rows).toBe(100);
  expect(sample.labels.reduce((sum, label) => sum + label, 0)).toBe(50);
  const weightOf = (label: number): number =>
    sample.weights.reduce((sum, weight, i) => sum + (sample.labels[i] === label ? weight : 0), 0);
  expect(weightOf(1)).toBeCloseTo(250, 9);
  expect(weightOf(0)).toBeCloseTo(750, 9);
});

test("rows keep their order, their values and their labels, none comes twice, none is changed", () => {
  const arbitrary = fc.array(fc.integer({ min: 0, max: 1 }), { maxLength: 60 });
  fc.assert(
    fc.property(arbitrary, fc.integer({ min: 2, max: 40 }), (labels, most) => {
      const input = given(labels);
      const sample = sampleRows(input, most, "s");
      expect(sample.rows).toBe(Math.min(most, labels.length));
      let before = -1;
      for (let i = 0; i < sample.rows; i++) {
        const row = sample.features[2 * i] ?? -1;
        expect(row).toBeGreaterThan(before);
        expect(sample.features[2 * i + 1]).toBe(10 * row);
        expect(sample.labels[i]).toBe(labels[row]);
        before = row;
      }
      sample.features.fill(-1);
      expect(input.features).toEqual(given(labels).features);
    }),
  );
});

test("where all rows fit they keep their own weights; the same seed draws the same rows", () => {
  const sample = sampleRows(given([1, 0, 0], [2, 3, 4]), 10, "s");
  expect([...sample.weights]).toEqual([2, 3, 4]);
  const labels = Array.from({ length: 200 }, (_, i) => Number(i < 5));
  expect(sampleRows(given(labels), 20, "s")).toEqual(sampleRows(given(labels), 20, "s"));
  expect(sampleRows(given(labels), 20, "s")).not.toEqual(sampleRows(given(labels), 20, "t"));
});
