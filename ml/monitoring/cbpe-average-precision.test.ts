import { expect, test } from "vitest";
import { averagePrecision } from "#ml/evaluation/ranking.ts";
import { createRng } from "#ml/math/seeded-random.ts";
import { cbpeAveragePrecision } from "./cbpe-average-precision.ts";

function calibrated(seed: string, rows: number): Float64Array {
  const rng = createRng(seed);
  return Float64Array.from({ length: rows }, () => (rng.next() < 0.05 ? rng.next() : rng.next() * 0.01));
}

test("what comes true of calibrated scores lies in the interval about 95 times of 100, around the estimate", () => {
  const scores = calibrated("scores", 3_000);
  const { value, interval } = cbpeAveragePrecision(scores, { seed: 3, draws: 400 });
  const rng = createRng("truth");
  const realised = Array.from(
    { length: 200 },
    () =>
      averagePrecision(
        scores,
        Uint8Array.from(scores, (p) => Number(rng.next() < p)),
      ) ?? 0,
  );
  const inside = realised.filter((ap) => ap >= (interval?.lower ?? 1) && ap <= (interval?.upper ?? 0));
  expect(inside.length).toBeGreaterThan(178);
  expect(inside.length).toBeLessThan(200);
  expect(value).toBeCloseTo(realised.reduce((sum, ap) => sum + ap, 0) / 200, 1);
});

test("certain scores leave nothing to chance, and equal ones enter together", () => {
  const certain = cbpeAveragePrecision(Float64Array.from([1, 0, 1]), { seed: 1, draws: 20 });
  expect(certain).toEqual({ value: 1, interval: { lower: 1, upper: 1 } });
  const tied = cbpeAveragePrecision(new Float64Array(40).fill(0.5), { seed: 1, draws: 50 });
  expect(tied.value).toBeCloseTo(0.5, 1);
});

test("without any chance of fraud there is nothing to expect, and what is no probability is refused", () => {
  expect(cbpeAveragePrecision(Float64Array.from([0, 0]), { seed: 1, draws: 10 })).toEqual({
    value: null,
    interval: null,
  });
  expect(() => cbpeAveragePrecision(Float64Array.from([1.2]), { seed: 1, draws: 1 })).toThrow(RangeError);
});
