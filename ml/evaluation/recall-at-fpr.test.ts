import fc from "fast-check";
import { expect, test } from "vitest";
import { curvePoints } from "./curves.ts";
import { recallAtFpr } from "./recall-at-fpr.ts";

test("recall is that of the lowest threshold the rate affords", () => {
  const scores = [0.9, 0.8, 0.7, 0.6];
  const labels = [1, 0, 1, 0];
  expect(recallAtFpr(scores, labels, 0)).toBe(0.5);
  expect(recallAtFpr(scores, labels, 0.49)).toBe(0.5);
  expect(recallAtFpr(scores, labels, 0.5)).toBe(1);
});

test("a group of ties that costs too much is not entered in part", () => {
  expect(recallAtFpr([0.5, 0.5, 0.1], [0, 1, 0], 0.4)).toBe(0);
  expect(recallAtFpr([0.5, 0.5, 0.1], [0, 1, 0], 0.5)).toBe(1);
});

test("all negatives allowed means all frauds found, and an absent class is null", () => {
  expect(recallAtFpr([0.1, 0.9], [1, 0], 1)).toBe(1);
  expect(recallAtFpr([0.1, 0.9], [0, 0], 0.01)).toBeNull();
  expect(recallAtFpr([0.1, 0.9], [1, 1], 0.01)).toBeNull();
  expect(recallAtFpr([], [], 0.01)).toBeNull();
});

test("it is the best recall among the ROC points within the rate", () => {
  const row = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 1 }));
  const rate = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.array(row, { minLength: 2, maxLength: 40 }), rate, (rows, fpr) => {
      const scores = rows.map(([score]) => score);
      const labels = rows.map(([, label]) => label);
      fc.pre(new Set(labels).size === 2);
      const affordable = curvePoints(scores, labels).filter((point) => (point.fpr ?? 2) <= fpr);
      const best = Math.max(0, ...affordable.map((point) => point.recall ?? 2));
      expect(recallAtFpr(scores, labels, fpr)).toBe(best);
    }),
  );
});

test("a rate outside [0, 1] is refused", () => {
  expect(() => recallAtFpr([0.1], [1], 1.5)).toThrow(RangeError);
  expect(() => recallAtFpr([0.1], [1], Number.NaN)).toThrow(RangeError);
});
