import fc from "fast-check";
import { expect, test } from "vitest";
import { ipwPrecisionRecall } from "./ipw-precision-recall.ts";
import { weightedShare } from "./weighted-share.ts";
import { wilsonInterval } from "./wilson-interval.ts";

test("equal weights give the plain share with its Wilson interval", () => {
  const share = weightedShare({ hits: 3 * 7, total: 20 * 7, squares: 20 * 49 });
  expect(share.value).toBeCloseTo(0.15, 12);
  expect(share.effective).toBeCloseTo(20, 12);
  expect(share.interval?.lower).toBeCloseTo(wilsonInterval(3, 20)?.lower ?? 0, 12);
  expect(share.interval?.upper).toBeCloseTo(wilsonInterval(3, 20)?.upper ?? 0, 12);
});

test("a row that stands for many widens the interval: 9 rows of weight 1 and one of 91 are worth 1.2", () => {
  const share = weightedShare({ hits: 9, total: 100, squares: 9 + 91 ** 2 });
  expect(share.value).toBeCloseTo(0.09, 12);
  expect(share.effective).toBeCloseTo(1.2063, 3);
  expect((share.interval?.upper ?? 0) - (share.interval?.lower ?? 1)).toBeGreaterThan(0.7);
});

test("without rows there is no share", () => {
  expect(weightedShare({ hits: 0, total: 0, squares: 0 })).toEqual({
    value: null,
    effective: 0,
    interval: null,
  });
  expect(() => weightedShare({ hits: 2, total: 1, squares: 1 })).toThrow(RangeError);
});

test("the share of weighted alerts is inverse propensity weighting's precision", () => {
  const row = fc.record({
    score: fc.double({ min: 0, max: 1, noNaN: true }),
    propensity: fc.double({ min: 0.01, max: 1, noNaN: true }),
    label: fc.constantFrom(-1, 0, 1),
  });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 60 }), (rows) => {
      const whole = ipwPrecisionRecall(
        {
          scores: rows.map(({ score }) => score),
          propensities: rows.map(({ propensity }) => propensity),
          labels: rows.map(({ label }) => label),
        },
        0.5,
      );
      const alerts = rows.filter(({ score, label }) => score >= 0.5 && label !== -1);
      const sum = (of: (one: (typeof rows)[number]) => number): number =>
        alerts.reduce((total, one) => total + of(one), 0);
      const share = weightedShare({
        hits: sum(({ label, propensity }) => label / propensity),
        total: sum(({ propensity }) => 1 / propensity),
        squares: sum(({ propensity }) => propensity ** -2),
      });
      if (whole.precision === null) expect(share.value).toBeNull();
      else expect(share.value).toBeCloseTo(whole.precision, 9);
    }),
  );
});
