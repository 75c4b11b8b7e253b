import fc from "fast-check";
import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import { curvePoints, thinnedCurve } from "./curves.ts";
import { confusionAt, confusionMetrics } from "./threshold.ts";

test("a point per distinct score, highest first", () => {
  expect(curvePoints([0.9, 0.5, 0.5, 0.1], [1, 0, 1, 0])).toEqual([
    { threshold: 0.9, tp: 1, fp: 0, precision: 1, recall: 0.5, fpr: 0 },
    { threshold: 0.5, tp: 2, fp: 1, precision: 2 / 3, recall: 1, fpr: 0.5 },
    { threshold: 0.1, tp: 2, fp: 2, precision: 0.5, recall: 1, fpr: 1 },
  ]);
});

test("ratios of an absent class are null", () => {
  expect(curvePoints([0.5], [0])).toEqual([
    { threshold: 0.5, tp: 0, fp: 1, precision: 0, recall: null, fpr: 1 },
  ]);
  expect(curvePoints([0.5], [1])[0]?.fpr).toBeNull();
  expect(curvePoints([], [])).toEqual([]);
});

test("every point agrees with the confusion counts at its threshold", () => {
  const row = fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 1 }));
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 50 }), (rows) => {
      const scores = rows.map(([score]) => score / 20);
      const labels = rows.map(([, label]) => label);
      for (const point of curvePoints(scores, labels)) {
        const counts = confusionAt(scores, labels, point.threshold);
        const { precision, recall, fpr } = confusionMetrics(counts);
        expect(point).toEqual({
          threshold: point.threshold,
          tp: counts.tp,
          fp: counts.fp,
          precision,
          recall,
          fpr,
        });
      }
    }),
  );
});

test("a thinned curve keeps both ends, takes real points in order and respects its limit", () => {
  const rng = createRng(1);
  const labels = Array.from({ length: 5_000 }, () => (rng.next() < 0.02 ? 1 : 0));
  const points = curvePoints(
    labels.map((label) => rng.normal() + label),
    labels,
  );
  const thinned = thinnedCurve(points, 200);
  expect(thinned.length).toBeLessThanOrEqual(200);
  expect(thinned.length).toBeGreaterThan(50);
  expect(thinned[0]).toBe(points[0]);
  expect(thinned.at(-1)).toBe(points.at(-1));
  const places = thinned.map((point) => points.indexOf(point));
  expect(places.every((place, i) => i === 0 || place > (places[i - 1] ?? 0))).toBe(true);
});

test("a short curve is left as it is, and a limit under 2 is refused", () => {
  const points = curvePoints([0.9, 0.1], [1, 0]);
  expect(thinnedCurve(points, 2)).toEqual(points);
  expect(() => thinnedCurve(points, 1)).toThrow(RangeError);
});
