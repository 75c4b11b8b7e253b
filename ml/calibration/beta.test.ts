import fc from "fast-check";
import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import { type BetaFit, betaProbability, fitBeta } from "./beta.ts";
import { fitPlatt, plattProbability, smoothedTargets } from "./platt.ts";

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** Cross-entropy against the smoothed targets, by its definition. */
function lossOf(fit: BetaFit, margins: readonly number[], labels: readonly number[]): number {
  const { low, high } = smoothedTargets(labels);
  return margins.reduce((sum, margin, i) => {
    const p = betaProbability(fit, margin);
    const target = labels[i] === 1 ? high : low;
    return sum - (target * Math.log(p) + (1 - target) * Math.log1p(-p));
  }, 0);
}

test("a = b = 1 and c = 0 leave a probability as it is", () => {
  fc.assert(
    fc.property(fc.double({ min: -30, max: 30, noNaN: true }), (margin) => {
      expect(betaProbability({ a: 1, b: 1, c: 0 }, margin)).toBeCloseTo(sigmoid(margin), 14);
    }),
  );
});

test("it is the published map of the probability", () => {
  const inside = fc.double({ min: 0.001, max: 0.999, noNaN: true });
  const slope = fc.double({ min: 0, max: 4, noNaN: true });
  fc.assert(
    fc.property(inside, slope, slope, fc.double({ min: -3, max: 3, noNaN: true }), (s, a, b, c) => {
      // Kull, Silva Filho and Flach (2017), equation of the beta family.
      const expected = 1 / (1 + 1 / (Math.exp(c) * (s ** a / (1 - s) ** b)));
      expect(betaProbability({ a, b, c }, Math.log(s / (1 - s)))).toBeCloseTo(expected, 9);
    }),
  );
});

// Minimised by SciPy 1.10's L-BFGS-B with bounds a, b >= 0 on the same smoothed targets.
const published: [string, number[], number[], BetaFit][] = [
  [
    "both slopes above 0",
    [-4, -2.5, -2, -1, -0.5, 0, 0.25, 1, 1.5, 3],
    [0, 0, 1, 0, 0, 1, 0, 1, 0, 1],
    { a: 0.141_684_997, b: 0.523_329_444, c: -0.658_623_775 },
  ],
  [
    "b would be negative",
    [-3, -2, -1, -0.5, 0.5, 1, 2, 3],
    [0, 0, 0, 1, 1, 1, 0, 1],
    { a: 0.941_306_22, b: 0, c: 0.941_802_34 },
  ],
  [
    "a would be negative",
    [-3, -2, -1, -0.5, 0.5, 1, 2, 3],
    [1, 0, 0, 0, 0, 1, 1, 1],
    { a: 0, b: 0.899_899_25, c: -0.903_840_58 },
  ],
];

test.each(published)("the optimum another optimiser finds: %s", (_, margins, labels, expected) => {
  const fit = fitBeta(margins, labels);
  expect(fit.a).toBeCloseTo(expected.a, 5);
  expect(fit.b).toBeCloseTo(expected.b, 5);
  expect(fit.c).toBeCloseTo(expected.c, 5);
});

test("the order of the rows does not matter, and repeated rows say the same louder", () => {
  const [margins, labels] = [
    [-4, -2.5, -2, -1, 0, 0.25, 1, 3],
    [0, 0, 1, 0, 1, 0, 1, 1],
  ];
  const fit = fitBeta(margins, labels);
  const back = fitBeta(margins.toReversed(), labels.toReversed());
  expect(back.a).toBeCloseTo(fit.a, 9);
  expect(back.b).toBeCloseTo(fit.b, 9);
  // Smoothing fades with the number of rows, so more of the same is a steeper fit.
  const tenfold = fitBeta(new Array(10).fill(margins).flat(), new Array(10).fill(labels).flat());
  expect(tenfold.a + tenfold.b).toBeGreaterThan(fit.a + fit.b);
});

test("a distortion of the beta family is found again", () => {
  const truth = { a: 0.6, b: 2, c: 0.5 };
  const rng = createRng(1);
  const margins = Float64Array.from({ length: 60_000 }, () => 2 * rng.normal());
  const labels = Uint8Array.from(margins, (margin) => Number(rng.next() < betaProbability(truth, margin)));
  const fit = fitBeta(margins, labels);
  expect(Math.abs(fit.a - truth.a)).toBeLessThan(0.08);
  expect(Math.abs(fit.b - truth.b)).toBeLessThan(0.15);
  expect(Math.abs(fit.c - truth.c)).toBeLessThan(0.1);
});

const arbitraryRows = fc.array(
  fc.tuple(
    fc.integer({ min: -256, max: 256 }).map((step) => step / 32),
    fc.integer({ min: 0, max: 1 }),
  ),
  { minLength: 2, maxLength: 25 },
);

test("no other monotone beta map near or far has a lower loss", () => {
  const away = fc.double({ min: -2, max: 2, noNaN: true });
  fc.assert(
    fc.property(
      arbitraryRows,
      fc.array(fc.tuple(away, away, away), { minLength: 20, maxLength: 20 }),
      (rows, moves) => {
        const margins = rows.map(([margin]) => margin);
        const labels = rows.map(([, label]) => label);
        const fit = fitBeta(margins, labels);
        expect(fit.a).toBeGreaterThanOrEqual(0);
        expect(fit.b).toBeGreaterThanOrEqual(0);
        const least = lossOf(fit, margins, labels);
        for (const [a, b, c] of moves) {
          for (const size of [0.01, 1]) {
            const rival = {
              a: Math.max(0, fit.a + size * a),
              b: Math.max(0, fit.b + size * b),
              c: fit.c + size * c,
            };
            expect(lossOf(rival, margins, labels)).toBeGreaterThanOrEqual(least - 1e-6 * (1 + least));
          }
        }
      },
    ),
  );
});

test("Platt's sigmoid is the case a = b, so beta never fits worse", () => {
  fc.assert(
    fc.property(arbitraryRows, (rows) => {
      const margins = rows.map(([margin]) => margin);
      const labels = rows.map(([, label]) => label);
      const platt = fitPlatt(margins, labels);
      if (platt.a > 0) return;
      const same = { a: -platt.a, b: -platt.a, c: -platt.b };
      expect(betaProbability(same, 1.3)).toBeCloseTo(plattProbability(platt, 1.3), 10);
      expect(lossOf(fitBeta(margins, labels), margins, labels)).toBeLessThanOrEqual(
        lossOf(same, margins, labels) + 1e-6,
      );
    }),
  );
});

test("at the optimum the mean probability is the mean target, on an edge too", () => {
  fc.assert(
    fc.property(arbitraryRows, (rows) => {
      const margins = rows.map(([margin]) => margin);
      const labels = rows.map(([, label]) => label);
      const fit = fitBeta(margins, labels);
      const { low, high } = smoothedTargets(labels);
      const predicted = margins.reduce((sum, margin) => sum + betaProbability(fit, margin), 0);
      const target = labels.reduce((sum, label) => sum + (label === 1 ? high : low), 0);
      expect(Math.abs(predicted - target)).toBeLessThan(1e-3);
    }),
  );
});

test("probabilities rise with the margin whatever the rows were", () => {
  const grid = Array.from({ length: 81 }, (_, i) => (i - 40) / 2);
  fc.assert(
    fc.property(arbitraryRows, (rows) => {
      const fit = fitBeta(
        rows.map(([margin]) => margin),
        rows.map(([, label]) => label),
      );
      const probabilities = grid.map((margin) => betaProbability(fit, margin));
      probabilities.slice(1).forEach((probability, i) => {
        expect(probability).toBeGreaterThanOrEqual((probabilities[i] ?? 1) - Number.EPSILON);
      });
    }),
  );
});

test("a ranking upside down is held flat at the smoothed base rate", () => {
  const fit = fitBeta([-4, -3, 3, 4], [1, 1, 0, 0]);
  expect([fit.a, fit.b]).toEqual([0, 0]);
  expect(betaProbability(fit, 100)).toBeCloseTo(0.5, 12);
});

test("equal margins give the smoothed base rate, separable ones stay off 0 and 1", () => {
  expect(betaProbability(fitBeta([5, 5, 5, 5], [0, 0, 0, 1]), 5)).toBeCloseTo((2 / 3 + 3 / 5) / 4, 9);
  const separable = fitBeta([-3, -2, -1, 1, 2, 3], [0, 0, 0, 1, 1, 1]);
  expect(betaProbability(separable, 3)).toBeLessThan(1);
  expect(betaProbability(separable, -3)).toBeGreaterThan(0);
});

test("margins far from 0, where the probability itself rounds to 0 or 1, are still told apart", () => {
  const fit = { a: 0.5, b: 0.1, c: 0 };
  expect(betaProbability(fit, 60)).toBeGreaterThan(betaProbability(fit, 50));
  expect(betaProbability(fit, -900)).toBeGreaterThan(betaProbability(fit, -1000));
  expect(betaProbability(fit, Number.MAX_VALUE)).toBe(1);
  expect(betaProbability(fit, -Number.MAX_VALUE)).toBe(0);
});

test("no rows, or a margin that is not finite, are refused", () => {
  expect(() => fitBeta([], [])).toThrow(RangeError);
  expect(() => fitBeta([1], [0, 1])).toThrow(RangeError);
  expect(() => fitBeta([Number.NaN, 1], [0, 1])).toThrow(RangeError);
});
