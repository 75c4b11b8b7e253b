import fc from "fast-check";
import { expect, test } from "vitest";
import { interpolateClipped, isotonicBlocks, isotonicFit } from "./isotonic.ts";

test("violators are pooled to their mean, ties are averaged first", () => {
  const { x, fitted } = isotonicFit([3, 1, 2, 2, 4], [0, 0, 1, 0, 1]);
  expect([...x]).toEqual([1, 2, 3, 4]);
  expect([...fitted]).toEqual([0, 1 / 3, 1 / 3, 1]);
});

test("weights count as copies, and a row of weight 0 says nothing", () => {
  const weighted = isotonicFit([1, 2, 3], [1, 0, 1], [1, 3, 0]);
  expect([...weighted.x]).toEqual([1, 2]);
  expect([...weighted.fitted]).toEqual([0.25, 0.25]);
});

test("no rows give an empty fit and a null prediction", () => {
  const { x, fitted } = isotonicFit([], []);
  expect(x).toHaveLength(0);
  expect(interpolateClipped(x, fitted, 1)).toBeNull();
  expect(isotonicBlocks([], [])).toEqual([]);
});

test("prediction is linear between points and clipped outside", () => {
  expect(interpolateClipped([1, 3, 4], [0, 0.5, 1], 2)).toBe(0.25);
  expect(interpolateClipped([1, 3, 4], [0, 0.5, 1], 0)).toBe(0);
  expect(interpolateClipped([1, 3, 4], [0, 0.5, 1], 9)).toBe(1);
  expect(interpolateClipped([1, 3, 4], [0, 0.5, 1], 3)).toBe(0.5);
});

test("blocks carry the weighted centre of their scores", () => {
  expect(isotonicBlocks([1, 2, 2, 3, 4], [0, 1, 0, 0, 1])).toEqual([
    { centre: 1, value: 0, weight: 1 },
    { centre: expect.closeTo(7 / 3, 12), value: 1 / 3, weight: 3 },
    { centre: 4, value: 1, weight: 1 },
  ]);
});

const rows = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 0, max: 1 })), {
  minLength: 1,
  maxLength: 60,
});

test("a fit never falls and keeps the mean of the targets", () => {
  fc.assert(
    fc.property(rows, (pairs) => {
      const scores = pairs.map(([score]) => score);
      const labels = pairs.map(([, label]) => label);
      const { x, fitted } = isotonicFit(scores, labels);
      fitted.forEach((value, i) => {
        if (i > 0) expect(value).toBeGreaterThanOrEqual(fitted[i - 1] ?? 2);
      });
      const total = scores.reduce((sum, score) => sum + (fitted[x.indexOf(score)] ?? Number.NaN), 0);
      expect(total).toBeCloseTo(
        labels.reduce((sum, label) => sum + label, 0),
        9,
      );
    }),
  );
});

test("blocks ascend strictly in centre and value", () => {
  fc.assert(
    fc.property(rows, (pairs) => {
      const blocks = isotonicBlocks(
        pairs.map(([score]) => score),
        pairs.map(([, label]) => label),
      );
      blocks.slice(1).forEach((block, i) => {
        expect(block.centre).toBeGreaterThan(blocks[i]?.centre ?? Number.NaN);
        expect(block.value).toBeGreaterThan(blocks[i]?.value ?? Number.NaN);
      });
    }),
  );
});

test("as many targets as scores are required", () => {
  expect(() => isotonicFit([1, 2], [1])).toThrow(RangeError);
  expect(() => isotonicFit([Number.NaN], [1])).toThrow(RangeError);
});
