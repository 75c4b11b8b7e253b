import { expect, test } from "vitest";
import { logisticGradients, meanLogLoss, startMargin } from "./logistic-loss.ts";

const labels = Uint8Array.from([1, 0, 0, 0]);

test("the start is the log-odds of the weighted prevalence, finite with a single class", () => {
  expect(startMargin({ rows: 4, labels, weights: null })).toBeCloseTo(Math.log(1.5 / 3.5), 12);
  const weights = Float64Array.from([3, 1, 1, 1]);
  expect(startMargin({ rows: 4, labels, weights })).toBeCloseTo(0, 12);
  expect(startMargin({ rows: 2, labels: new Uint8Array(2), weights: null })).toBeCloseTo(
    Math.log(0.5 / 2.5),
    12,
  );
});

test("gradients and Hessians are the derivatives of the loss", () => {
  const weights = Float64Array.from([2, 1, 0.5, 1]);
  const margins = Float64Array.from([0.3, -1, 2, -4]);
  const pairs = new Float32Array(8);
  logisticGradients({ rows: 4, labels, weights }, margins, pairs);
  const loss = (row: number, shift: number): number => {
    const one = { rows: 1, labels: labels.subarray(row, row + 1), weights: null };
    return (weights[row] ?? 0) * (meanLogLoss(one, Float64Array.of((margins[row] ?? 0) + shift)) ?? 0);
  };
  const step = 1e-4;
  for (let row = 0; row < 4; row++) {
    const slope = (loss(row, step) - loss(row, -step)) / (2 * step);
    const curve = (loss(row, step) - 2 * loss(row, 0) + loss(row, -step)) / step ** 2;
    expect(pairs[2 * row]).toBeCloseTo(slope, 6);
    expect(pairs[2 * row + 1]).toBeCloseTo(curve, 5);
  }
});

test("margins beyond the range of exp leave gradients finite and Hessians above zero", () => {
  const pairs = new Float32Array(4);
  logisticGradients({ rows: 2, labels, weights: null }, Float64Array.from([-1e4, 1e4]), pairs);
  expect([pairs[0], pairs[2]]).toEqual([-1, 1]);
  expect(pairs[1]).toBeGreaterThan(0);
  expect(pairs[3]).toBeGreaterThan(0);
});

test("the mean loss weighs rows and is null without any", () => {
  expect(meanLogLoss({ rows: 4, labels, weights: null }, new Float64Array(4))).toBeCloseTo(Math.LN2, 12);
  expect(meanLogLoss({ rows: 0, labels, weights: null }, new Float64Array(0))).toBeNull();
});
