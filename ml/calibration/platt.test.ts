import fc from "fast-check";
import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import { fitPlatt, plattProbability, smoothedTargets } from "./platt.ts";

test("separable rows keep finite parameters, as the published optimum says", () => {
  const fit = fitPlatt([0.1, 0.2, 0.3, 0.8, 0.9], [0, 0, 0, 1, 1]);
  expect(fit.a).toBeCloseTo(-3.703_870_553_444_967, 9);
  expect(fit.b).toBeCloseTo(2.104_452_589_192_459_5, 9);
});

test("an inverted score gives a positive slope", () => {
  const fit = fitPlatt([0.1, 0.2, 0.8, 0.9], [1, 1, 0, 0]);
  expect(fit.a).toBeCloseTo(3.092_453_834_990_873_7, 9);
  expect(plattProbability(fit, 0.1)).toBeCloseTo(0.775_038_169_583_581_3, 9);
});

test("log-odds that are already right are left nearly alone", () => {
  const rng = createRng(1);
  const f = Float64Array.from({ length: 40_000 }, () => rng.normal() * 2 - 2);
  const labels = Uint8Array.from(f, (margin) => (rng.next() < 1 / (1 + Math.exp(-margin)) ? 1 : 0));
  const fit = fitPlatt(f, labels);
  expect(Math.abs(fit.a + 1)).toBeLessThan(0.05);
  expect(Math.abs(fit.b)).toBeLessThan(0.07);
});

test("at the optimum the mean prediction is the mean target, whatever the scale and place of the score", () => {
  // Apart by far more than rounding: a f + b cancels where scores differ in their last digits alone.
  const score = fc.integer({ min: -50_000, max: 50_000 }).map((thousandths) => thousandths / 1_000);
  const row = fc.tuple(score, fc.integer({ min: 0, max: 1 }));
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 2, maxLength: 40 }),
      fc.constantFrom(1e-6, 1, 1e6),
      (rows, scale) => {
        const f = rows.map(([score]) => score * scale);
        const labels = rows.map(([, label]) => label);
        const fit = fitPlatt(f, labels);
        const predicted = f.reduce((sum, score) => sum + plattProbability(fit, score), 0);
        const { low, high } = smoothedTargets(labels);
        const target = labels.reduce((sum, label) => sum + (label === 1 ? high : low), 0);
        expect(predicted).toBeCloseTo(target, 6);
      },
    ),
  );
});

test("a constant score gives the smoothed base rate", () => {
  const fit = fitPlatt([5, 5, 5, 5], [0, 0, 0, 1]);
  expect(fit.a).toBe(0);
  expect(plattProbability(fit, 5)).toBeCloseTo((2 / 3 + 3 / 5) / 4, 12);
});

test("targets stay off 0 and 1", () => {
  expect(smoothedTargets([1, 0, 0])).toEqual({ low: 1 / 4, high: 2 / 3 });
});

test("no rows, or a score that is not finite, are refused", () => {
  expect(() => fitPlatt([], [])).toThrow(RangeError);
  expect(() => fitPlatt([1, Number.POSITIVE_INFINITY], [0, 1])).toThrow(RangeError);
});
