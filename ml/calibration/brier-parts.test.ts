import fc from "fast-check";
import { expect, test } from "vitest";
import { brierParts } from "./brier-parts.ts";
import { brierScore, equalMassBins, equalWidthBins } from "./calibration-scores.ts";

const rows = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1)), {
  minLength: 1,
});

test("the parts add up to the Brier score on any bins", () => {
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: 20 }), (given, count) => {
      const [scores, labels] = [given.map(([p]) => p), given.map(([, y]) => y)];
      const brier = brierScore(scores, labels);
      for (const bins of [equalMassBins(scores, labels, count), equalWidthBins(scores, labels, count)]) {
        const parts = brierParts(bins, brier);
        const { reliability = 0, resolution = 0, uncertainty = 0, withinBins = 0 } = parts ?? {};
        expect(reliability - resolution + uncertainty + withinBins).toBeCloseTo(brier ?? Number.NaN, 12);
        expect(Math.min(reliability, resolution, uncertainty)).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});

test("with one score per bin nothing is left inside the bins, and the parts are those of Murphy's paper", () => {
  const [scores, labels] = [
    [0.1, 0.1, 0.1, 0.1, 0.8, 0.8, 0.8, 0.8],
    [0, 0, 0, 1, 1, 1, 1, 0],
  ];
  const parts = brierParts(equalWidthBins(scores, labels, 10), brierScore(scores, labels));
  expect(parts?.withinBins).toBeCloseTo(0, 12);
  expect(parts?.reliability).toBeCloseTo((0.15 ** 2 + 0.05 ** 2) / 2, 12);
  expect(parts?.resolution).toBeCloseTo(0.25 ** 2, 12);
  expect(parts?.uncertainty).toBeCloseTo(0.25, 12);
});

test("without rows there are no parts", () => {
  expect(brierParts(equalWidthBins([], [], 5), null)).toBeNull();
});
