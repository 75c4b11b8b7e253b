import fc from "fast-check";
import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import { type Calibrator, calibrate, fitCalibrator, servingIsotonic } from "./calibrator.ts";

/** Rows whose true probability is a known function of the margin. */
function sampleOf(probability: (margin: number) => number, rows: number, seed: number) {
  const rng = createRng(seed);
  const margins = Float64Array.from({ length: rows }, () => rng.normal() * 2 - 1);
  const labels = Uint8Array.from(margins, (margin) => (rng.next() < probability(margin) ? 1 : 0));
  return { margins, labels };
}

const steps = (margin: number): number => (margin < -2 ? 0.02 : margin < 1 ? 0.3 : 0.95);
const logistic = (margin: number): number => 1 / (1 + Math.exp(1 - 0.5 * margin));

test("a sigmoid distortion is undone by Platt, a staircase by isotonic", () => {
  const smooth = sampleOf(logistic, 4_000, 1);
  const staircase = sampleOf(steps, 4_000, 2);
  expect(fitCalibrator(smooth.margins, smooth.labels).chosen).toBe("platt");
  const choice = fitCalibrator(staircase.margins, staircase.labels);
  expect(choice.chosen).toBe("isotonic");
  expect(choice.brier.isotonic).toBeLessThan(choice.brier.platt ?? 0);
  expect(choice.brier.identity).toBeGreaterThan(choice.brier.isotonic ?? 1);
});

test.each(["platt", "isotonic"] as const)("%s brings the probability near the truth", (kind) => {
  const truth = kind === "platt" ? logistic : steps;
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
        expect(probability).toBeGreaterThanOrEqual(before);
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
    brier: { isotonic: null, platt: null, identity: null },
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
