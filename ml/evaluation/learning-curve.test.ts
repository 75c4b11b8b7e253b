import fc from "fast-check";
import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import { fitLearningCurve, type LearningPoint } from "./learning-curve.ts";

const sizes = [1_000, 2_000, 4_000, 8_000, 16_000];
const options = { seed: 1, replicates: 200 };

function curveOf(limit: number, scale: number, exponent: number, noise = 0, seed = 1): LearningPoint[] {
  const rng = createRng(seed);
  return sizes.flatMap((labels) =>
    [0, 1].map(() => ({
      labels,
      averagePrecision: limit - scale * labels ** -exponent + noise * rng.normal(),
    })),
  );
}

test("points on a power law give the law back, and its gains", () => {
  const fit = fitLearningCurve(curveOf(0.8, 12, 0.5), options);
  expect(fit?.law.limit).toBeCloseTo(0.8, 2);
  expect(fit?.law.exponent).toBeCloseTo(0.5, 1);
  expect(fit?.nextThousand.gain).toBeCloseTo(12 * (16_000 ** -0.5 - 17_000 ** -0.5), 4);
  expect(fit?.doubling).toMatchObject({ labels: 16_000 });
  expect(fit?.doubling.gain).toBeCloseTo(12 * (16_000 ** -0.5 - 32_000 ** -0.5), 3);
  expect([fit?.curve[0]?.labels, fit?.curve.at(-1)?.labels]).toEqual([1_000, 32_000]);
});

test("the interval of a gain holds the true gain nearly always", () => {
  const truth = 12 * (16_000 ** -0.5 - 32_000 ** -0.5);
  const held = Array.from({ length: 60 }, (_, seed) => {
    const fit = fitLearningCurve(curveOf(0.8, 12, 0.5, 0.01, seed), options);
    const { lower, upper } = fit?.doubling.interval ?? { lower: 1, upper: -1 };
    return lower <= truth && truth <= upper;
  }).filter(Boolean);
  expect(held.length / 60).toBeGreaterThan(0.8);
});

test("a curve that is flat gains nothing, and one that falls is read as flat", () => {
  const flat = fitLearningCurve(
    sizes.map((labels) => ({ labels, averagePrecision: 0.6 })),
    options,
  );
  expect(flat?.doubling.gain).toBeCloseTo(0, 9);
  const falling = fitLearningCurve(
    sizes.map((labels, i) => ({ labels, averagePrecision: 0.6 - i * 0.01 })),
    options,
  );
  expect(falling?.nextThousand.gain).toBeCloseTo(0, 9);
  expect(falling?.law.limit).toBeCloseTo(0.58, 9);
});

test("no fit promises more than a perfect ranking, nor a loss by more labels", () => {
  const precision = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.array(precision, { minLength: 5, maxLength: 5 }), (values) => {
      const points = sizes.map((labels, i) => ({ labels, averagePrecision: values[i] ?? 0 }));
      const fit = fitLearningCurve(points, { seed: 1, replicates: 20 });
      expect(fit?.law.limit).toBeLessThanOrEqual(1 + 1e-9);
      expect(fit?.nextThousand.gain).toBeGreaterThanOrEqual(0);
      expect(fit?.nextThousand.interval.lower).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 30 },
  );
});

test("the same seed gives the same interval", () => {
  const points = curveOf(0.8, 12, 0.5, 0.01);
  expect(fitLearningCurve(points, options)).toEqual(fitLearningCurve(points, options));
});

test("three sizes are too few to tell three parameters", () => {
  expect(
    fitLearningCurve(
      curveOf(0.8, 12, 0.5).filter((p) => p.labels < 8_000),
      options,
    ),
  ).toBeNull();
});

test("impossible points are refused", () => {
  const rest = curveOf(0.8, 12, 0.5);
  expect(() => fitLearningCurve([...rest, { labels: 0, averagePrecision: 0.5 }], options)).toThrow(
    RangeError,
  );
  expect(() => fitLearningCurve([...rest, { labels: 9, averagePrecision: 1.5 }], options)).toThrow(
    RangeError,
  );
});
