import fc from "fast-check";
import { expect, test } from "vitest";
import { fitLogistic } from "./newton-logistic.ts";

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** Slopes of the summed cross-entropy, by its definition. */
function gradientAt(
  columns: readonly Float64Array[],
  targets: Float64Array,
  fit: { slopes: readonly number[]; intercept: number },
) {
  const gaps = targets.map((target, row) => {
    const u = columns.reduce(
      (sum, column, j) => sum + (column[row] ?? 0) * (fit.slopes[j] ?? 0),
      fit.intercept,
    );
    return sigmoid(u) - target;
  });
  return [
    ...columns.map((column) => gaps.reduce((sum, gap, row) => sum + gap * (column[row] ?? 0), 0)),
    gaps.reduce((sum, gap) => sum + gap, 0),
  ];
}

test("without columns the intercept is the log-odds of the mean target", () => {
  const { slopes, intercept, loss } = fitLogistic({ columns: [], targets: Float64Array.of(0.25, 0.25, 0.1) });
  expect(slopes).toEqual([]);
  expect(intercept).toBeCloseTo(Math.log(0.2 / 0.8), 12);
  expect(loss).toBeCloseTo(3 * -(0.2 * Math.log(0.2) + 0.8 * Math.log(0.8)), 12);
});

test("targets that a line of log-odds made are found again", () => {
  const x = Float64Array.of(-3, -1, 0, 1, 2, 5);
  const square = x.map((value) => value * value);
  const targets = x.map((value) => sigmoid(0.7 * value - 0.2 * value * value + 1));
  const { slopes, intercept } = fitLogistic({ columns: [x, square], targets });
  expect(slopes[0]).toBeCloseTo(0.7, 8);
  expect(slopes[1]).toBeCloseTo(-0.2, 8);
  expect(intercept).toBeCloseTo(1, 8);
});

test("at the optimum every column's gradient is nothing", () => {
  const row = fc.record({
    x: fc.double({ min: -20, max: 20, noNaN: true }),
    y: fc.integer({ min: -3, max: 3 }),
    target: fc.double({ min: 0.05, max: 0.95, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(row, { minLength: 3, maxLength: 30 }), (rows) => {
      const columns = [Float64Array.from(rows, ({ x }) => x), Float64Array.from(rows, ({ y }) => y)];
      const targets = Float64Array.from(rows, ({ target }) => target);
      const fit = fitLogistic({ columns, targets });
      if (fit.slopes.some((slope) => Math.abs(slope) > 1e3)) return;
      for (const slope of gradientAt(columns, targets, fit)) expect(Math.abs(slope)).toBeLessThan(1e-3);
    }),
  );
});

test("a constant column gets slope 0", () => {
  const { slopes } = fitLogistic({
    columns: [Float64Array.of(7, 7), Float64Array.of(0, 1)],
    targets: Float64Array.of(0.2, 0.6),
  });
  expect(slopes[0]).toBe(0);
  expect(slopes[1]).toBeCloseTo(Math.log(1.5) - Math.log(0.25), 8);
});

test("a column in other units has its slope in those units, and the same loss", () => {
  const x = Float64Array.of(-2, -1, 0, 0.5, 1, 3);
  const targets = Float64Array.of(0.1, 0.3, 0.2, 0.6, 0.4, 0.9);
  const plain = fitLogistic({ columns: [x], targets });
  const moved = fitLogistic({ columns: [x.map((value) => 1e6 * value + 5)], targets });
  expect(1e6 * (moved.slopes[0] ?? 0)).toBeCloseTo(plain.slopes[0] ?? Number.NaN, 7);
  expect(moved.loss).toBeCloseTo(plain.loss, 10);
  expect(moved.intercept + 5 * (moved.slopes[0] ?? 0)).toBeCloseTo(plain.intercept, 7);
});

test("columns that are nearly the same leave the fit what it is, however the slope is shared", () => {
  const x = Float64Array.of(-2, -1, 0, 0.5, 1, 3);
  const targets = Float64Array.of(0.1, 0.3, 0.2, 0.6, 0.4, 0.9);
  const alone = fitLogistic({ columns: [x], targets });
  const twice = fitLogistic({ columns: [x, x.map((value) => value + 1e-14)], targets });
  expect(twice.loss).toBeCloseTo(alone.loss, 6);
  expect((twice.slopes[0] ?? 0) + (twice.slopes[1] ?? 0)).toBeCloseTo(alone.slopes[0] ?? Number.NaN, 4);
});
