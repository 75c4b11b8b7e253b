import fc from "fast-check";
import { expect, test } from "vitest";
import { recallAtFpr } from "./recall-at-fpr.ts";

test("recall is read off the ROC curve, linearly between its points", () => {
  const scores = [0.9, 0.8, 0.7, 0.6];
  const labels = [1, 0, 1, 0];
  expect(recallAtFpr(scores, labels, 0)).toBe(0.5);
  expect(recallAtFpr(scores, labels, 0.25)).toBe(0.5);
  expect(recallAtFpr(scores, labels, 0.5)).toBe(1);
});

test("inside a group of ties the curve is a straight line", () => {
  expect(recallAtFpr([0.5, 0.5], [0, 1], 0.01)).toBeCloseTo(0.01, 14);
});

test("all negatives allowed means all frauds found, and an absent class is null", () => {
  expect(recallAtFpr([0.1, 0.9], [1, 0], 1)).toBe(1);
  expect(recallAtFpr([0.1, 0.9], [0, 0], 0.01)).toBeNull();
  expect(recallAtFpr([], [], 0.01)).toBeNull();
});

test("recall never falls as more false alarms are allowed", () => {
  const row = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 1 }));
  const rate = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.array(row, { minLength: 2, maxLength: 40 }), rate, rate, (rows, one, other) => {
      const scores = rows.map(([score]) => score);
      const labels = rows.map(([, label]) => label);
      fc.pre(new Set(labels).size === 2);
      const low = recallAtFpr(scores, labels, Math.min(one, other)) ?? 9;
      const high = recallAtFpr(scores, labels, Math.max(one, other)) ?? -9;
      expect(high).toBeGreaterThanOrEqual(low - 1e-12);
      expect(high).toBeLessThanOrEqual(1);
    }),
  );
});

test("a rate outside [0, 1] is refused", () => {
  expect(() => recallAtFpr([0.1], [1], 1.5)).toThrow(RangeError);
});
