import fc from "fast-check";
import { expect, test } from "vitest";
import { classifierKs } from "./classifier-ks.ts";
import { curvePoints } from "./curves.ts";

test("a perfect score separates fully at its lowest fraud", () => {
  expect(classifierKs([0.1, 0.2, 0.3, 0.8, 0.9], [0, 0, 0, 1, 1])).toEqual({ ks: 1, threshold: 0.8 });
});

test("of equally good thresholds the highest is named", () => {
  expect(classifierKs([0.9, 0.8, 0.7, 0.6], [1, 0, 1, 0])).toEqual({ ks: 0.5, threshold: 0.9 });
});

test("all scores equal separate nothing, and an absent class gives null", () => {
  expect(classifierKs([0.5, 0.5], [0, 1])).toEqual({ ks: 0, threshold: 0.5 });
  expect(classifierKs([0.5, 0.6], [1, 1])).toBeNull();
  expect(classifierKs([], [])).toBeNull();
});

test("the separation is the largest gap of the ROC points", () => {
  const row = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 1 }));
  fc.assert(
    fc.property(fc.array(row, { minLength: 2, maxLength: 40 }), (rows) => {
      const scores = rows.map(([score]) => score);
      const labels = rows.map(([, label]) => label);
      fc.pre(new Set(labels).size === 2);
      const gaps = curvePoints(scores, labels).map(({ recall, fpr }) => Math.abs((recall ?? 9) - (fpr ?? 0)));
      expect(classifierKs(scores, labels)?.ks).toBeCloseTo(Math.max(...gaps), 12);
    }),
  );
});
