import { expect, test } from "vitest";
import { startMarginOf } from "./start-margin.ts";

const labels = Uint8Array.from([1, 0, 0, 0]);

test("the start is the log-odds of the weighted prevalence, finite with a single class", () => {
  expect(startMarginOf("prevalence", { rows: 4, labels, weights: null })).toBeCloseTo(
    Math.log(1.5 / 3.5),
    12,
  );
  const weights = Float64Array.from([3, 1, 1, 1]);
  expect(startMarginOf("prevalence", { rows: 4, labels, weights })).toBeCloseTo(0, 12);
  expect(startMarginOf("prevalence", { rows: 2, labels: new Uint8Array(2), weights: null })).toBeCloseTo(
    Math.log(0.5 / 2.5),
    12,
  );
});

test("even odds are 0 whatever the labels and weights", () => {
  const start = startMarginOf("even", { rows: 4, labels, weights: Float64Array.from([3, 1, 1, 1]) });
  expect(start).toBe(0);
});
