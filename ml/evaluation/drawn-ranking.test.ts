import fc from "fast-check";
import { expect, test } from "vitest";
import { equalWidthBins, expectedCalibrationError } from "#ml/calibration/calibration-scores.ts";
import { createRng } from "#ml/math/seeded-random.ts";
import { drawAgain, measureDraw, numberedFrom0, percentileInterval, rankRows } from "./drawn-ranking.ts";
import { rankedCounts } from "./ranked-counts.ts";
import { averagePrecisionOf, rocAucOf } from "./ranking.ts";
import { recallAtFprOf } from "./recall-at-fpr.ts";

const row = fc.record({
  score: fc.integer({ min: 0, max: 40 }).map((tenths) => tenths / 40),
  label: fc.constantFrom(0, 1),
  customer: fc.integer({ min: 0, max: 6 }),
});

test("measures of a draw are those of the rows repeated as often as their customer was drawn", () => {
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 1, maxLength: 60 }),
      fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 7, maxLength: 7 }),
      (rows, times) => {
        const customers = numberedFrom0(rows.map(({ customer }) => customer));
        const draws = new Float64Array(customers.count);
        for (const [at, { customer }] of rows.entries()) {
          draws[customers.of[at] ?? 0] = times[customer] ?? 0;
        }
        const ranked = rankRows(
          {
            scores: Float64Array.from(rows, ({ score }) => score),
            labels: Uint8Array.from(rows, ({ label }) => label),
            weights: null,
          },
          customers,
        );
        const repeated = rows.flatMap((one) => Array(times[one.customer] ?? 0).fill(one) as typeof rows);
        const scores = repeated.map(({ score }) => score);
        const labels = repeated.map(({ label }) => label);
        const counts = rankedCounts(scores, labels);
        const wanted = {
          averagePrecision: averagePrecisionOf(counts),
          rocAuc: rocAucOf(counts),
          recallAtFpr001: recallAtFprOf(counts, 0.001),
          recallAtFpr01: recallAtFprOf(counts, 0.01),
          ece: expectedCalibrationError(equalWidthBins(scores, labels, 10)),
        };
        const measured = measureDraw(ranked, draws);
        for (const name of Object.keys(wanted) as (keyof typeof wanted)[]) {
          const value = wanted[name];
          if (value === null) expect(measured[name]).toBeNull();
          else expect(measured[name]).toBeCloseTo(value, 9);
        }
      },
    ),
  );
});

test("weights of rows enter average precision as they do elsewhere", () => {
  const scores = Float64Array.from([0.9, 0.8, 0.8, 0.3, 0.1]);
  const labels = Uint8Array.from([1, 0, 1, 1, 0]);
  const weights = Float64Array.from([1, 2, 5, 1, 3]);
  const ranked = rankRows({ scores, labels, weights }, numberedFrom0([4, 5, 6, 7, 8]));
  const measured = measureDraw(ranked, new Float64Array(5).fill(1));
  expect(measured.averagePrecision).toBeCloseTo(
    averagePrecisionOf(rankedCounts(scores, labels, weights)) ?? 0,
    12,
  );
});

test("a draw holds as many customers as there are", () => {
  const draws = new Float64Array(20);
  drawAgain(draws, createRng("draws"));
  expect(draws.reduce((sum, times) => sum + times, 0)).toBe(20);
  expect(draws.some((times) => times > 1)).toBe(true);
});

test("an interval needs a value on half of the replicates", () => {
  expect(percentileInterval([1, 2], 5)).toBeNull();
  expect(percentileInterval([], 0)).toBeNull();
  expect(
    percentileInterval(
      Array.from({ length: 101 }, (_, at) => at),
      101,
    ),
  ).toEqual({
    lower: 2.5,
    upper: 97.5,
  });
});
