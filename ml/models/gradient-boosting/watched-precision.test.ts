import fc from "fast-check";
import { expect, test } from "vitest";
import { averagePrecision } from "#ml/evaluation/ranking.ts";
import { watchedPrecision } from "./watched-precision.ts";

test("the example of scikit-learn gives 0.8333", () => {
  const watch = watchedPrecision({ rows: 4, labels: Uint8Array.from([0, 0, 1, 1]), weights: null });
  expect(watch(Float64Array.from([0.1, 0.4, 0.35, 0.8]))).toBeCloseTo(5 / 6, 12);
});

test("without a fraud there is nothing to watch", () => {
  expect(
    watchedPrecision({ rows: 2, labels: new Uint8Array(2), weights: null })(new Float64Array(2)),
  ).toBeNull();
  expect(
    watchedPrecision({ rows: 0, labels: new Uint8Array(0), weights: null })(new Float64Array(0)),
  ).toBeNull();
});

test("it equals average precision with ties and weights, time and again on new margins", () => {
  const row = fc.record({
    label: fc.boolean(),
    weight: fc.integer({ min: 1, max: 5 }),
    margins: fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 })),
  });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 60 }), fc.boolean(), (list, weighted) => {
      const labels = Uint8Array.from(list, ({ label }) => Number(label));
      const weights = weighted ? Float64Array.from(list, ({ weight }) => weight) : null;
      const watch = watchedPrecision({ rows: list.length, labels, weights });
      for (const turn of [0, 1] as const) {
        const margins = Float64Array.from(list, (entry) => entry.margins[turn]);
        const expected = averagePrecision(margins, labels, weights);
        if (expected === null) expect(watch(margins)).toBeNull();
        else expect(watch(margins)).toBeCloseTo(expected, 12);
      }
    }),
  );
});
