import fc from "fast-check";
import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import { fitNonNegativeLogistic } from "./non-negative-logistic.ts";

/** Labels drawn from known weights on normal columns. */
function drawn(truth: readonly number[], intercept: number, rows = 4000) {
  const rng = createRng(`stacking:${truth.join()}`);
  const columns = truth.map(() => Float64Array.from({ length: rows }, () => rng.normal()));
  const labels = Uint8Array.from({ length: rows }, (_, row) => {
    const z = truth.reduce((sum, weight, k) => sum + weight * (columns[k]?.[row] ?? 0), intercept);
    return Number(rng.next() < 1 / (1 + Math.exp(-z)));
  });
  return { columns, labels };
}

function gradientOf(
  { columns, labels }: ReturnType<typeof drawn>,
  { weights, intercept }: ReturnType<typeof fitNonNegativeLogistic>,
  l2: number,
): number[] {
  const gradient = [...weights, 0].map((weight) => l2 * weight);
  for (let row = 0; row < labels.length; row++) {
    const z = columns.reduce((sum, column, k) => sum + (weights[k] ?? 0) * (column[row] ?? 0), intercept);
    const error = 1 / (1 + Math.exp(-z)) - (labels[row] ?? 0);
    for (const [k, column] of columns.entries())
      gradient[k] = (gradient[k] ?? 0) + error * (column[row] ?? 0);
    gradient[columns.length] = (gradient[columns.length] ?? 0) + error;
  }
  return gradient;
}

test("two rows settle at the closed form: intercept 0 and the root of the ridge equation", () => {
  // Rows x = 1 (fraud) and x = -1 (legitimate): the gradient vanishes where 2 / (1 + e^w) = l2 w.
  const fit = fitNonNegativeLogistic([Float64Array.of(1, -1)], Uint8Array.of(1, 0), 1);
  const [w = 0] = fit.weights;
  expect(2 / (1 + Math.exp(w))).toBeCloseTo(w, 8);
  expect(fit.intercept).toBeCloseTo(0, 8);
});

test("weights come back where all of them are positive", () => {
  const { columns, labels } = drawn([1.5, 0.5], -2, 20_000);
  const { weights, intercept } = fitNonNegativeLogistic(columns, labels, 0.01);
  expect(Math.abs((weights[0] ?? 0) - 1.5)).toBeLessThan(0.1);
  expect(Math.abs((weights[1] ?? 0) - 0.5)).toBeLessThan(0.1);
  expect(Math.abs(intercept + 2)).toBeLessThan(0.1);
});

test.each([
  [[1.5, -0.8, 0.4], 1],
  [[-1, -1], 1],
  [[2, 2, 0, 0.1], 50],
])(
  "the optimum under the bound holds for true weights %j: flat where positive, rising where 0",
  (truth, l2) => {
    const rows = drawn(truth, -1.5);
    const fit = fitNonNegativeLogistic(rows.columns, rows.labels, l2);
    const gradient = gradientOf(rows, fit, l2);
    for (const [k, weight] of fit.weights.entries()) {
      expect(weight).toBeGreaterThanOrEqual(0);
      if (weight > 0) expect(Math.abs(gradient[k] ?? 1)).toBeLessThan(0.05);
      else expect(gradient[k]).toBeGreaterThan(-0.05);
    }
    expect(Math.abs(gradient.at(-1) ?? 1)).toBeLessThan(0.05);
  },
);

test("separable rows keep finite weights, because of the ridge", () => {
  const column = Float64Array.from({ length: 100 }, (_, row) => (row < 50 ? -1 : 1));
  const labels = Uint8Array.from({ length: 100 }, (_, row) => Number(row >= 50));
  const [weight = 0] = fitNonNegativeLogistic([column, column], labels, 0.1).weights;
  expect(weight).toBeGreaterThan(1);
  expect(weight).toBeLessThan(20);
});

test("a single class and columns of other lengths are refused", () => {
  expect(() => fitNonNegativeLogistic([Float64Array.of(1, 2)], Uint8Array.of(0, 0), 1)).toThrow(
    "both classes",
  );
  expect(() => fitNonNegativeLogistic([Float64Array.of(1)], Uint8Array.of(0, 1), 1)).toThrow("every column");
});

test("the larger the ridge, the smaller the weights; the intercept is free of it", () => {
  const { columns, labels } = drawn([1, 1], -2);
  const sizes = [0.1, 10, 1000, 100_000].map((l2) => {
    const { weights } = fitNonNegativeLogistic(columns, labels, l2);
    return Math.hypot(...weights);
  });
  expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
  const { intercept } = fitNonNegativeLogistic(columns, labels, 1e9);
  const share = labels.reduce((sum, label) => sum + label, 0) / labels.length;
  expect(intercept).toBeCloseTo(Math.log(share / (1 - share)), 3);
});

test("no point near the optimum is better, whatever the columns", () => {
  const loss = (columns: readonly Float64Array[], labels: Uint8Array, x: readonly number[]): number => {
    let sum = 0;
    for (let row = 0; row < labels.length; row++) {
      const z = columns.reduce((total, column, k) => total + (x[k] ?? 0) * (column[row] ?? 0), x.at(-1) ?? 0);
      sum += Math.log1p(Math.exp(z)) - (labels[row] ?? 0) * z;
    }
    return sum + columns.reduce((total, _, k) => total + (x[k] ?? 0) ** 2 / 2, 0);
  };
  const weight = fc.double({ min: -2, max: 2, noNaN: true });
  fc.assert(
    fc.property(fc.tuple(weight, weight), fc.array(weight, { minLength: 3, maxLength: 3 }), (truth, step) => {
      const { columns, labels } = drawn(truth, -1, 300);
      const { weights, intercept } = fitNonNegativeLogistic(columns, labels, 1);
      const best = loss(columns, labels, [...weights, intercept]);
      const near = [...weights, intercept].map((value, k) => value + 0.01 * (step[k] ?? 0));
      const bounded = near.map((value, k) => (k < 2 ? Math.max(0, value) : value));
      expect(loss(columns, labels, bounded)).toBeGreaterThanOrEqual(best - 1e-9);
    }),
    { numRuns: 30 },
  );
});
