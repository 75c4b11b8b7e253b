import fc from "fast-check";
import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import { betaProbability } from "./beta.ts";
import { equalMassBins, equalWidthBins, expectedCalibrationError } from "./calibration-scores.ts";
import { type Calibrator, calibrate, fitCalibrator, servingIsotonic } from "./calibrator.ts";
import { fitPlatt } from "./platt.ts";

/** Rows whose true probability is a known function of the margin. */
function sampleOf(probability: (margin: number) => number, rows: number, seed: number) {
  const rng = createRng(seed);
  const margins = Float64Array.from({ length: rows }, () => rng.normal() * 2 - 1);
  const labels = Uint8Array.from(margins, (margin) => (rng.next() < probability(margin) ? 1 : 0));
  return { margins, labels };
}

const steps = (margin: number): number => (margin < -2 ? 0.02 : margin < 1 ? 0.3 : 0.95);
const uneven = (margin: number): number => betaProbability({ a: 0.4, b: 2.5, c: -0.5 }, margin);
const logistic = (margin: number): number => 1 / (1 + Math.exp(1 - 0.5 * margin));

test("the lowest cross-fitted Brier score wins: isotonic for a staircase, beta for ends bent apart", () => {
  const staircase = sampleOf(steps, 4_000, 2);
  const choice = fitCalibrator(staircase.margins, staircase.labels);
  expect(choice.chosen).toBe("isotonic");
  expect(choice.brier.isotonic).toBeLessThan(choice.brier.platt ?? 0);
  expect(choice.brier.isotonic).toBeLessThan(choice.brier.beta ?? 0);
  expect(choice.brier.identity).toBeGreaterThan(choice.brier.isotonic ?? 1);
  const bent = sampleOf(uneven, 20_000, 2);
  const second = fitCalibrator(bent.margins, bent.labels);
  expect(second.chosen).toBe("beta");
  expect(second.brier.beta).toBeLessThan((second.brier.platt ?? 0) - 1e-4);
});

test("a sigmoid distortion is undone by Platt, to which beta has nothing to add", () => {
  const chosen = [1, 7, 8].map((seed) => {
    const { margins, labels } = sampleOf(logistic, 4_000, seed);
    const choice = fitCalibrator(margins, labels);
    expect(Math.abs((choice.brier.beta ?? 9) - (choice.brier.platt ?? -9))).toBeLessThan(5e-4);
    expect(choice.brier.platt).toBeLessThan(choice.brier.isotonic ?? 0);
    return choice.chosen;
  });
  expect(chosen).toContain("platt");
});

test("equal Brier scores go to the calibrator with fewer parameters", () => {
  const flat = fitCalibrator(
    new Float64Array(40),
    Uint8Array.from({ length: 40 }, (_, i) => (i % 4 === 0 ? 1 : 0)),
  );
  expect(flat.brier.beta).toBeCloseTo(flat.brier.platt ?? 9, 12);
  expect(flat.chosen).toBe("platt");
});

test.each(["platt", "isotonic", "beta"] as const)("%s brings the probability near the truth", (kind) => {
  const truth = { platt: logistic, isotonic: steps, beta: uneven }[kind];
  const { margins, labels } = sampleOf(truth, 20_000, 3);
  const { calibrator } = fitCalibrator(margins, labels);
  for (const margin of [-3, -0.5, 2]) {
    expect(Math.abs(calibrate(calibrator, margin) - truth(margin))).toBeLessThan(0.05);
  }
});

test("the same slice and seed give the same calibrator, also after a trip through JSON", () => {
  const { margins, labels } = sampleOf(steps, 1_000, 4);
  const first = fitCalibrator(margins, labels, 9);
  expect(fitCalibrator(margins, labels, 9)).toEqual(first);
  const stored = JSON.parse(JSON.stringify(first.calibrator)) as Calibrator;
  expect(calibrate(stored, 0.123)).toBe(calibrate(first.calibrator, 0.123));
});

test("the serving isotonic keeps different margins apart, also beyond its end blocks", () => {
  const { margins, labels } = sampleOf(steps, 5_000, 5);
  const calibrator = servingIsotonic(margins, labels);
  const distinct = new Set(margins.map((margin) => calibrate(calibrator, margin)));
  expect(distinct.size).toBeGreaterThan(4_990);
  expect(calibrate(calibrator, 50)).toBeGreaterThan(calibrate(calibrator, 12));
  expect(calibrate(calibrator, -50)).toBeLessThan(calibrate(calibrator, -12));
});

test("probabilities lie in [0, 1], never fall with the margin and are never NaN", () => {
  const rows = fc.array(
    fc.tuple(fc.double({ min: -40, max: 40, noNaN: true }), fc.integer({ min: 0, max: 1 })),
    { maxLength: 60 },
  );
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(rows, fc.array(finite, { minLength: 2, maxLength: 12 }), (pairs, queries) => {
      const margins = Float64Array.from(pairs, ([margin]) => margin);
      const labels = Uint8Array.from(pairs, ([, label]) => label);
      const { calibrator } = fitCalibrator(margins, labels);
      const asked = [...queries, ...margins].sort((x, y) => x - y);
      let before = 0;
      for (const margin of asked) {
        const probability = calibrate(calibrator, margin);
        expect(probability).toBeGreaterThanOrEqual(before - Number.EPSILON); // rounding of exp and log
        expect(probability).toBeLessThanOrEqual(1);
        before = probability;
      }
    }),
  );
});

test("a slice without both classes cannot be calibrated and keeps the margin's own sigmoid", () => {
  const choice = fitCalibrator(Float64Array.of(-1, 0, 1), Uint8Array.of(0, 0, 0));
  expect(choice).toEqual({
    calibrator: { kind: "identity" },
    chosen: "identity",
    brier: { isotonic: null, platt: null, beta: null, identity: null },
  });
  expect(calibrate(choice.calibrator, 0)).toBe(0.5);
});

test("with a single fraud Platt is taken without a comparison", () => {
  const choice = fitCalibrator(Float64Array.of(-1, 0, 1), Uint8Array.of(0, 0, 1));
  expect(choice.chosen).toBe("platt");
  expect(choice.brier.platt).toBeNull();
});

test("a score that ranks upside down is held flat, not turned over", () => {
  const { margins, labels } = sampleOf((margin) => logistic(-margin), 2_000, 6);
  const { calibrator } = fitCalibrator(margins, labels);
  expect(calibrate(calibrator, 5)).toBeGreaterThanOrEqual(calibrate(calibrator, -5));
});

test("a margin that is not a number stays one, and infinities take the ends", () => {
  expect(calibrate({ kind: "identity" }, Number.NaN)).toBeNaN();
  expect(calibrate({ kind: "platt", a: 0, b: 1 }, Number.POSITIVE_INFINITY)).toBeCloseTo(0.2689, 4);
  expect(calibrate({ kind: "identity" }, Number.NEGATIVE_INFINITY)).toBe(0);
});

test("margins that are not finite, or without a label, are refused", () => {
  expect(() => fitCalibrator(Float64Array.of(Number.NaN), Uint8Array.of(1))).toThrow(RangeError);
  expect(() => fitCalibrator(Float64Array.of(1, 2), Uint8Array.of(1))).toThrow(RangeError);
});

test("the calibrator chosen is the one with the lowest cross-fitted Brier score", () => {
  const shapes = [steps, logistic, uneven];
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.constantFrom(...shapes), (seed, shape) => {
      const { margins, labels } = sampleOf(shape, 300, seed);
      const { chosen, brier } = fitCalibrator(margins, labels, seed);
      for (const rival of ["platt", "beta", "isotonic"] as const) {
        expect(brier[chosen]).toBeLessThanOrEqual(brier[rival] ?? Number.NEGATIVE_INFINITY);
      }
    }),
    { numRuns: 25 },
  );
});

test("log-odds that are right already stay calibrated out of sample: expected error under 0.01", () => {
  // Fraud in 1 of 150, as payments have it.
  const rare = (margin: number): number => 1 / (1 + Math.exp(6 - 1.2 * margin));
  const fitted = sampleOf(rare, 15_000, 11);
  const later = sampleOf(rare, 15_000, 12);
  const { calibrator } = fitCalibrator(fitted.margins, fitted.labels);
  const scores = later.margins.map((margin) => calibrate(calibrator, margin));
  expect(expectedCalibrationError(equalWidthBins(scores, later.labels, 10))).toBeLessThan(0.005);
  expect(expectedCalibrationError(equalMassBins(scores, later.labels, 10))).toBeLessThan(0.005);
});

test("a beta calibrator serves what its three numbers say, also from JSON", () => {
  const stored = JSON.parse('{"kind":"beta","a":0.5,"b":2,"c":-1}') as Calibrator;
  for (const margin of [-20, -1, 0, 3]) {
    const s = 1 / (1 + Math.exp(-margin));
    const logOdds = 0.5 * Math.log(s) - 2 * Math.log1p(-s) - 1;
    expect(calibrate(stored, margin)).toBeCloseTo(1 / (1 + Math.exp(-logOdds)), 12);
  }
  expect(calibrate(stored, Number.NaN)).toBeNaN();
  expect(calibrate(stored, Number.POSITIVE_INFINITY)).toBe(1);
  expect(calibrate({ kind: "beta", a: 0, b: 0, c: 0 }, Number.NEGATIVE_INFINITY)).toBe(0.5);
});

test("beyond the outermost blocks isotonic goes on with Platt's slope in log-odds", () => {
  const { margins, labels } = sampleOf(steps, 2_000, 13);
  const calibrator = servingIsotonic(margins, labels);
  if (calibrator.kind !== "isotonic") throw new Error("isotonic was asked for");
  const logOdds = (margin: number): number => {
    const p = calibrate(calibrator, margin);
    return Math.log(p) - Math.log1p(-p);
  };
  const [first, last] = [calibrator.margins[0] ?? 0, calibrator.margins.at(-1) ?? 0];
  expect(calibrator.tailSlope).toBeGreaterThan(0);
  expect(logOdds(first) - logOdds(first - 2)).toBeCloseTo(2 * calibrator.tailSlope, 9);
  expect(logOdds(last + 2) - logOdds(last)).toBeCloseTo(2 * calibrator.tailSlope, 9);
});

test("a slice with two frauds is still compared, and every calibrator stays inside 0 and 1", () => {
  const margins = Float64Array.from({ length: 50 }, (_, i) => i / 10 - 4);
  const labels = Uint8Array.from({ length: 50 }, (_, i) => Number(i === 48 || i === 45));
  const { calibrator, brier } = fitCalibrator(margins, labels);
  for (const score of Object.values(brier)) expect(score).toBeGreaterThan(0);
  for (const margin of margins) {
    expect(calibrate(calibrator, margin)).toBeGreaterThan(0);
    expect(calibrate(calibrator, margin)).toBeLessThan(1);
  }
});

test("a row that weighs three is a row that is there three times", () => {
  const rng = createRng("weighted calibration");
  const margins = Float64Array.from({ length: 400 }, () => 2 * rng.normal());
  const labels = Uint8Array.from(margins, (margin) => Number(rng.next() < 1 / (1 + Math.exp(1 - margin))));
  const weights = Float64Array.from(margins, (_, row) => (row % 4 === 0 ? 3 : 1));
  const repeated = [...margins.keys()].flatMap((row) => (row % 4 === 0 ? [row, row, row] : [row]));
  const rows = {
    margins: Float64Array.from(repeated, (row) => margins[row] ?? 0),
    labels: Uint8Array.from(repeated, (row) => labels[row] ?? 0),
  };
  const [weighted, all] = [fitPlatt(margins, labels, weights), fitPlatt(rows.margins, rows.labels)];
  expect(weighted.a).toBeCloseTo(all.a, 1); // the targets are smoothed by rows, which are fewer
  expect(weighted.b).toBeCloseTo(all.b, 1);
  const step = servingIsotonic(margins, labels, undefined, weights);
  const expected = servingIsotonic(rows.margins, rows.labels);
  if (step.kind !== "isotonic" || expected.kind !== "isotonic") throw new Error("not isotonic");
  expect(step.margins).toHaveLength(expected.margins.length);
  for (const [at, margin] of step.margins.entries()) expect(margin).toBeCloseTo(expected.margins[at] ?? 0, 9);
  const ones = new Float64Array(margins.length).fill(1);
  expect(fitCalibrator(margins, labels, 1, ones)).toEqual(fitCalibrator(margins, labels, 1));
});
