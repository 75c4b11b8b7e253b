import fc from "fast-check";
import { expect, test } from "vitest";
import { rocAuc } from "#ml/evaluation/ranking.ts";
import { confusionAt } from "#ml/evaluation/threshold.ts";
import { createRng } from "#ml/math/seeded-random.ts";
import { cbpe } from "./cbpe.ts";

test("expected counts of three rows, by hand", () => {
  const result = cbpe([0.8, 0.5, 0.1], 0.5);
  expect(result.tp).toBeCloseTo(1.3, 14);
  expect(result.fp).toBeCloseTo(0.7, 14);
  expect(result.fn).toBeCloseTo(0.1, 14);
  expect(result.tn).toBeCloseTo(0.9, 14);
  expect(result.precision).toBeCloseTo(0.65, 14);
});

test("on calibrated scores the estimate is near what labels show later", () => {
  const rng = createRng(1);
  const scores = Array.from({ length: 40_000 }, () => rng.next() ** 3);
  const labels = scores.map((p) => (rng.next() < p ? 1 : 0));
  const estimate = cbpe(scores, 0.4);
  const real = confusionAt(scores, labels, 0.4);
  expect(Math.abs((estimate.precision ?? 9) - real.tp / (real.tp + real.fp))).toBeLessThan(0.02);
  expect(Math.abs((estimate.recall ?? 9) - real.tp / (real.tp + real.fn))).toBeLessThan(0.02);
  expect(Math.abs((estimate.rocAuc ?? 9) - (rocAuc(scores, labels) ?? -9))).toBeLessThan(0.01);
});

test("the AUC weighs every row as a positive of p and a negative of 1 - p", () => {
  const scores = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(scores, (tenths) => {
      const p = tenths.map((tenth) => tenth / 10);
      const labels = [...p.map(() => 1), ...p.map(() => 0)];
      const weights = [...p, ...p.map((score) => 1 - score)];
      expect(cbpe(p, 0.5).rocAuc).toBeCloseTo(rocAuc([...p, ...p], labels, weights) ?? 9, 10);
    }),
  );
});

test("nothing alerted has no precision, certain scores no second class, no rows nothing", () => {
  expect(cbpe([0.2, 0.3], 1.01)).toMatchObject({ tp: 0, precision: null, recall: 0 });
  expect(cbpe([1, 1], 0.5).rocAuc).toBeNull();
  expect(cbpe([], 0.5)).toMatchObject({ precision: null, recall: null, rocAuc: null });
});

test("a score that is no probability is refused", () => {
  expect(() => cbpe([1.1], 0.5)).toThrow(RangeError);
  expect(() => cbpe([Number.NaN], 0.5)).toThrow(RangeError);
});
