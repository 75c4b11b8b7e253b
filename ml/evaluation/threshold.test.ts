import fc from "fast-check";
import { expect, test } from "vitest";
import { confusionAt, confusionMetrics, mergeConfusions } from "./threshold.ts";

const count = fc.integer({ min: 0, max: 1_000_000 });
const confusions = fc.record({ tp: count, fp: count, tn: count, fn: count });

test("a score equal to the threshold is an alert", () => {
  expect(confusionAt([0.2, 0.5, 0.5, 0.9], [0, 1, 0, 1], 0.5)).toEqual({ tp: 2, fp: 1, tn: 1, fn: 0 });
});

test("ratios of a worked example", () => {
  const metrics = confusionMetrics({ tp: 120_000, fp: 30_000, tn: 4_000_000_000, fn: 80_000 });
  expect(metrics.precision).toBe(0.8);
  expect(metrics.recall).toBe(0.6);
  expect(metrics.f2).toBeCloseTo(0.631_578_947_368_421, 14);
  expect(metrics.mcc).toBeCloseTo(0.692_807_332_838_640_4, 12);
});

test("ratios without a denominator are null", () => {
  expect(confusionMetrics({ tp: 0, fp: 0, tn: 0, fn: 0 })).toEqual({
    precision: null,
    recall: null,
    fpr: null,
    specificity: null,
    npv: null,
    alertRate: null,
    accuracy: null,
    f1: null,
    f2: null,
    f05: null,
    mcc: null,
  });
  expect(confusionMetrics({ tp: 0, fp: 0, tn: 9, fn: 1 })).toMatchObject({
    precision: null,
    recall: 0,
    f1: 0,
  });
});

test("ratios lie in their ranges, F1 is the harmonic mean, and swapping the classes keeps the correlation", () => {
  fc.assert(
    fc.property(confusions, (counts) => {
      const { precision, recall, f1, mcc, fpr, specificity } = confusionMetrics(counts);
      if (precision !== null && recall !== null && precision + recall > 0) {
        expect(f1).toBeCloseTo((2 * precision * recall) / (precision + recall), 10);
      }
      if (fpr !== null && specificity !== null) expect(fpr + specificity).toBeCloseTo(1, 12);
      if (mcc !== null) expect(Math.abs(mcc)).toBeLessThanOrEqual(1 + 1e-12);
      const swapped = confusionMetrics({ tp: counts.tn, tn: counts.tp, fp: counts.fn, fn: counts.fp });
      if (mcc !== null) expect(swapped.mcc).toBeCloseTo(mcc, 10);
    }),
  );
});

test("counts of windows add up, also over none", () => {
  const day = { tp: 1, fp: 2, tn: 3, fn: 4 };
  expect(mergeConfusions([day, day])).toEqual({ tp: 2, fp: 4, tn: 6, fn: 8 });
  expect(mergeConfusions([])).toEqual({ tp: 0, fp: 0, tn: 0, fn: 0 });
});

test("a score or a threshold that is not a number is refused, not passed as legitimate", () => {
  expect(() => confusionAt([Number.NaN], [1], 0.5)).toThrow(RangeError);
  expect(() => confusionAt([0.5], [1], Number.NaN)).toThrow(RangeError);
  expect(() => confusionAt([0.5], [-1], 0.5)).toThrow(RangeError);
});
