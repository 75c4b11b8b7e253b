import fc from "fast-check";
import { expect, test } from "vitest";
import {
  brierScore,
  brierSkill,
  equalMassBins,
  equalWidthBins,
  expectedCalibrationError,
  logLoss,
  maximumCalibrationError,
} from "./calibration-scores.ts";

const scores = [0, 1, 0, 1, 0.5];
const labels = [0, 1, 1, 0, 1];

test("Brier, skill and log loss of scores that include 0 and 1", () => {
  expect(brierScore(scores, labels)).toBeCloseTo(0.45, 14);
  expect(brierSkill(scores, labels)).toBeCloseTo(-0.875, 12);
  expect(logLoss(scores, labels)).toBeCloseTo(13.954_299_913_562_3, 9);
});

test("the base rate as a score has no skill, and an absent class has no skill score", () => {
  expect(brierSkill([0.25, 0.25, 0.25, 0.25], [1, 0, 0, 0])).toBeCloseTo(0, 14);
  expect(brierSkill([0.1, 0.2], [0, 0])).toBeNull();
});

test("a score on an edge belongs to the upper bin, 1 to the last", () => {
  const bins = equalWidthBins([0.5, 0.1, 1], [1, 0, 1], 2);
  expect(bins).toEqual([
    { count: 1, meanScore: 0.1, eventRate: 0 },
    { count: 2, meanScore: 0.75, eventRate: 1 },
  ]);
  expect(expectedCalibrationError(bins)).toBeCloseTo((0.1 + 2 * 0.25) / 3, 14);
  expect(maximumCalibrationError(bins)).toBe(0.25);
});

test("empty bins say null and do not count", () => {
  const bins = equalWidthBins([0.05], [0], 10);
  expect(bins[9]).toEqual({ count: 0, meanScore: null, eventRate: null });
  expect(maximumCalibrationError(bins)).toBeCloseTo(0.05, 14);
});

test("equal-mass bins hold equal shares, and equal scores stay together", () => {
  const spread = Array.from({ length: 100 }, (_, i) => i / 100);
  const zeros = spread.map(() => 0);
  expect(equalMassBins(spread, zeros, 10).map((bin) => bin.count)).toEqual(new Array(10).fill(10));
  expect(equalMassBins([0.3, 0.3, 0.3], [0, 1, 0], 10).map((bin) => bin.count)).toEqual([3, 0]);
});

test("bins keep every row, and the expected error never passes the largest", () => {
  const row = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 1 }));
  fc.assert(
    fc.property(fc.array(row, { minLength: 1 }), fc.integer({ min: 1, max: 20 }), (rows, count) => {
      const p = rows.map(([score]) => score);
      const y = rows.map(([, label]) => label);
      for (const bins of [equalWidthBins(p, y, count), equalMassBins(p, y, count)]) {
        expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(rows.length);
        const expected = expectedCalibrationError(bins) ?? 9;
        expect(expected).toBeLessThanOrEqual((maximumCalibrationError(bins) ?? -9) + 1e-12);
      }
    }),
  );
});

test("no rows give null, and a score that is not a number is refused", () => {
  expect([brierScore([], []), logLoss([], []), expectedCalibrationError([])]).toEqual([null, null, null]);
  expect(maximumCalibrationError(equalWidthBins([], [], 3))).toBeNull();
  expect(() => equalWidthBins([Number.NaN], [1], 10)).toThrow(RangeError);
});
