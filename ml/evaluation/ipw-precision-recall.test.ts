import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import { ipwPrecisionRecall } from "./ipw-precision-recall.ts";

test("a reviewed row stands for 1/propensity rows", () => {
  const rows = { scores: [0.9, 0.8, 0.1, 0.1], propensities: [1, 1, 0.1, 0.1], labels: [1, 0, 1, -1] };
  const result = ipwPrecisionRecall(rows, 0.5);
  expect(result.precision).toBe(0.5);
  expect(result.recall).toBeCloseTo(1 / 11, 14);
  expect(result.naiveRecall).toBe(0.5);
  expect(result.population).toBeCloseTo(12, 12);
  expect(result.effectiveSampleSize).toBeCloseTo(144 / 102, 12);
  expect(result).toMatchObject({ labelled: 3, alerts: 2 });
});

test("with everything labelled it equals the plain ratios", () => {
  const rows = { scores: [0.9, 0.8, 0.1], propensities: [1, 1, 1], labels: [1, 0, 1] };
  const result = ipwPrecisionRecall(rows, 0.5);
  expect(result.precision).toBe(result.naivePrecision);
  expect(result.recall).toBe(result.naiveRecall);
  expect(result.effectiveSampleSize).toBe(3);
});

test("ratios of nothing are null", () => {
  const unlabelled = ipwPrecisionRecall({ scores: [0.9], propensities: [1], labels: [-1] }, 0.5);
  expect(unlabelled).toMatchObject({
    precision: null,
    recall: null,
    effectiveSampleSize: null,
    labelled: 0,
    alerts: 1,
  });
});

test("on selectively reviewed traffic the weighted recall is near the truth and the naive one far off", () => {
  const rng = createRng(1);
  const truth = Array.from({ length: 60_000 }, () => {
    const label = rng.next() < 0.05 ? 1 : 0;
    return { label, score: Math.min(1, Math.max(0, 0.3 + 0.3 * label + 0.2 * rng.normal())) };
  });
  const propensities = truth.map(({ score }) => (score >= 0.6 ? 1 : 0.1));
  const labels = truth.map(({ label }, i) => (rng.next() < (propensities[i] ?? 0) ? label : -1));
  const scores = truth.map(({ score }) => score);
  const frauds = truth.filter(({ label }) => label === 1);
  const recall = frauds.filter(({ score }) => score >= 0.6).length / frauds.length;
  const result = ipwPrecisionRecall({ scores, propensities, labels }, 0.6);
  expect(Math.abs((result.recall ?? 0) - recall)).toBeLessThan(0.05);
  expect((result.naiveRecall ?? 0) - recall).toBeGreaterThan(0.3);
});

test("a labelled row without a propensity cannot be weighed", () => {
  expect(() => ipwPrecisionRecall({ scores: [0.9], propensities: [0], labels: [1] }, 0.5)).toThrow(
    RangeError,
  );
  expect(() => ipwPrecisionRecall({ scores: [Number.NaN], propensities: [1], labels: [1] }, 0.5)).toThrow(
    RangeError,
  );
  expect(() => ipwPrecisionRecall({ scores: [0.9], propensities: [1], labels: [2] }, 0.5)).toThrow(
    RangeError,
  );
  expect(() => ipwPrecisionRecall({ scores: [0.9], propensities: [], labels: [1] }, 0.5)).toThrow(RangeError);
});
