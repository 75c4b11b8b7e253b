import fc from "fast-check";
import { expect, test } from "vitest";
import { bestSplit, leafGain, leafValue, type SplitRules } from "./best-split.ts";
import { histogramLayout } from "./histogram.ts";

const free: SplitRules = { l2: 1, minChildHessian: 1e-6, minGain: 0 };
const layout = (bins: { cuts: Float64Array; hasMissing: boolean }[]) =>
  histogramLayout(Uint16Array.from(bins.keys()), bins);
const feature = (cuts: number, hasMissing = false) => ({
  cuts: Float64Array.from({ length: cuts }, (_, k) => k),
  hasMissing,
});
const sumsOf = (histogram: readonly number[]) => ({
  gradient: histogram.reduce((sum, value, k) => sum + (k % 2 === 0 ? value : 0), 0),
  hessian: histogram.reduce((sum, value, k) => sum + (k % 2 === 1 ? value : 0), 0),
});

test("leaf value and gain are XGBoost's -G / (H + lambda) and G^2 / (H + lambda)", () => {
  expect(leafValue({ gradient: -1.5, hessian: 0.5 }, 1)).toBe(1);
  expect(leafGain({ gradient: -1.5, hessian: 0.5 }, 1)).toBe(1.5);
  expect(leafValue({ gradient: 0, hessian: 0 }, 0)).toBe(0);
});

test("the split of a six-row example has the gain worked out by hand", () => {
  // Labels 0 0 0 1 0 1 at p = 0.5: gradients +-0.5, Hessians 0.25; one row per bin.
  const histogram = [0.5, 0.25, 0.5, 0.25, 0.5, 0.25, -0.5, 0.25, 0.5, 0.25, -0.5, 0.25];
  const bins = [feature(5)];
  const split = bestSplit(Float64Array.from(histogram), layout(bins), bins, {
    sums: sumsOf(histogram),
    rules: free,
  });
  // 1.5^2 / 1.75 + 0.5^2 / 1.75 - 1 / 2.5
  expect(split).toMatchObject({ column: 0, code: 2, left: { gradient: 1.5, hessian: 0.75 } });
  expect(split?.right).toEqual({ gradient: -0.5, hessian: 0.75 });
  expect(split?.gain).toBeCloseTo(2.5 / 1.75 - 0.4, 12);
});

test("missing values take the side that gains more, and may stand alone", () => {
  const bins = [feature(1, true)];
  const at = (histogram: readonly number[]) =>
    bestSplit(Float64Array.from(histogram), layout(bins), bins, { sums: sumsOf(histogram), rules: free });
  expect(at([2, 1, -2, 1, 2, 1])).toMatchObject({ code: 0, missingRight: false, left: { gradient: 4 } });
  expect(at([2, 1, -2, 1, -2, 1])).toMatchObject({ code: 0, missingRight: true, right: { gradient: -4 } });
  expect(at([2, 1, 2, 1, -4, 1])).toMatchObject({ code: 1, missingRight: true, right: { gradient: -4 } });
});

test("where nothing is missing, a missing value would follow the heavier child", () => {
  const bins = [feature(1)];
  const at = (histogram: readonly number[]) =>
    bestSplit(Float64Array.from(histogram), layout(bins), bins, { sums: sumsOf(histogram), rules: free });
  expect(at([2, 1, -2, 5])?.missingRight).toBe(true);
  expect(at([2, 5, -2, 1])?.missingRight).toBe(false);
});

test("no split is made that is too light, gains too little, or has one bin only", () => {
  const histogram = [2, 1, -2, 1];
  const bins = [feature(1)];
  const at = (rules: Partial<SplitRules>) =>
    bestSplit(Float64Array.from(histogram), layout(bins), bins, {
      sums: sumsOf(histogram),
      rules: { ...free, ...rules },
    });
  expect(at({})?.gain).toBe(4);
  expect(at({ minChildHessian: 1.01 })).toBeNull();
  expect(at({ minGain: 4 })).toBeNull();
  const constant = [feature(0)];
  const sums = { gradient: 1, hessian: 1 };
  expect(bestSplit(Float64Array.from([1, 1]), layout(constant), constant, { sums, rules: free })).toBeNull();
});

test("equal gains go to the first feature", () => {
  const histogram = [2, 1, -2, 1, 2, 1, -2, 1];
  const bins = [feature(1), feature(1)];
  const sums = sumsOf(histogram.slice(0, 4));
  expect(bestSplit(Float64Array.from(histogram), layout(bins), bins, { sums, rules: free })?.column).toBe(0);
});

test("no cut of any histogram gains more than the one found", () => {
  const cell = fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: 1, max: 20 }));
  fc.assert(
    fc.property(fc.array(cell, { minLength: 2, maxLength: 12 }), fc.boolean(), (cells, hasMissing) => {
      const histogram = cells.flat();
      const bins = [feature(cells.length - 1 - Number(hasMissing), hasMissing)];
      const sums = sumsOf(histogram);
      const split = bestSplit(Float64Array.from(histogram), layout(bins), bins, { sums, rules: free });
      const last = cells.at(-1) ?? [0, 0];
      let best = 0;
      for (let cut = 1; cut < cells.length; cut++) {
        for (const withMissing of hasMissing ? [false, true] : [false]) {
          const left = sumsOf([...cells.slice(0, cut).flat(), ...(withMissing ? last : [])]);
          const right = { gradient: sums.gradient - left.gradient, hessian: sums.hessian - left.hessian };
          if (left.hessian <= 0 || right.hessian <= 0) continue;
          best = Math.max(best, leafGain(left, 1) + leafGain(right, 1) - leafGain(sums, 1));
        }
      }
      if (best > 1e-5) expect(split?.gain).toBeCloseTo(best, 9);
      else expect(split?.gain ?? 0).toBeLessThan(1e-5 + best);
    }),
  );
});
