import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import { fillHistogram, histogramLayout, subtractHistogram } from "./histogram.ts";

const rng = createRng(5);
const ROWS = 50;
const bins = Array.from({ length: 7 }, (_, f) => ({
  cuts: Float64Array.from({ length: f + 1 }, (_, k) => k),
  hasMissing: f % 2 === 0,
}));
const codes = bins.map(({ cuts, hasMissing }) =>
  Uint8Array.from({ length: ROWS }, () => rng.integer(cuts.length + 1 + Number(hasMissing))),
);
const pairs = Float32Array.from({ length: 2 * ROWS }, () => rng.integer(9) - 4);

test("columns lie side by side with a gradient and a Hessian per code", () => {
  const layout = histogramLayout(Uint16Array.from([0, 3, 4]), bins);
  expect([...layout.offsets]).toEqual([0, 6, 16]); // 2 bins + missing; 5 bins; 6 bins + missing
  expect(layout.length).toBe(30);
});

test.each([[[2]], [[0, 1, 2, 3]], [[0, 1, 2, 3, 4, 5, 6]]])(
  "sums per code equal a plain count, columns %j",
  (columns) => {
    const layout = histogramLayout(Uint16Array.from(columns), bins);
    const rows = Uint32Array.from([3, 7, 7, 20, 49, 0]);
    const histogram = new Float64Array(layout.length).fill(99);
    fillHistogram(histogram, layout, { codes, pairs }, rows);
    const expected = new Float64Array(layout.length);
    for (const [c, column] of columns.entries()) {
      for (const row of rows) {
        const k = (layout.offsets[c] ?? 0) + 2 * (codes[column]?.[row] ?? 0);
        expected[k] = (expected[k] ?? 0) + (pairs[2 * row] ?? 0);
        expected[k + 1] = (expected[k + 1] ?? 0) + (pairs[2 * row + 1] ?? 0);
      }
    }
    expect(histogram).toEqual(expected);
  },
);

test("the parent less one child is the other child", () => {
  const layout = histogramLayout(Uint16Array.from([0, 1, 2, 3, 4]), bins);
  const of = (rows: readonly number[]): Float64Array => {
    const histogram = new Float64Array(layout.length);
    fillHistogram(histogram, layout, { codes, pairs }, Uint32Array.from(rows));
    return histogram;
  };
  const parent = of([1, 2, 3, 4, 5]);
  subtractHistogram(parent, of([2, 4]), layout.length);
  expect(parent).toEqual(of([1, 3, 5]));
});

test("no rows give zeros", () => {
  const layout = histogramLayout(Uint16Array.from([1]), bins);
  const histogram = new Float64Array(layout.length).fill(7);
  fillHistogram(histogram, layout, { codes, pairs }, new Uint32Array(0));
  expect(histogram.every((value) => value === 0)).toBe(true);
});
