import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import { equalMassBins, expectedCalibrationError } from "./calibration-scores.ts";
import { eceByChance } from "./ece-by-chance.ts";

const rng = createRng("scores");
const scores = Float64Array.from({ length: 3_000 }, () =>
  rng.next() < 0.05 ? rng.next() : 0.01 * rng.next(),
);
const options = { seed: 5, draws: 300 };

function eceOf(promise: (p: number) => number): number {
  const labels = Uint8Array.from(scores, (p) => Number(rng.next() < p));
  const told = scores.map(promise);
  return expectedCalibrationError(equalMassBins(told, labels, 20)) ?? 0;
}

test("calibrated scores stay under it about 95 times of 100, and are never perfect", () => {
  const limit = eceByChance(scores, 20, options) ?? 0;
  const errors = Array.from({ length: 200 }, () => eceOf((p) => p));
  expect(Math.min(...errors)).toBeGreaterThan(0);
  const under = errors.filter((error) => error <= limit).length;
  expect(under).toBeGreaterThan(176);
  expect(under).toBeLessThan(200);
});

test("scores that promise half go over it", () => {
  const limit = eceByChance(scores, 20, options) ?? 1;
  expect(eceOf((p) => p / 2)).toBeGreaterThan(limit);
});

test("certain scores leave nothing to chance; without rows there is none", () => {
  expect(eceByChance([0, 1, 0, 1], 2, options)).toBe(0);
  expect(eceByChance([], 20, options)).toBeNull();
});
