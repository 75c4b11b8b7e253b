import fc from "fast-check";
import { expect, test } from "vitest";
import { chunkThresholds, chunkVerdict } from "./chunk-thresholds.ts";

test("mean plus and minus three population deviations, nulls ignored", () => {
  const thresholds = chunkThresholds([0.8, null, 0.82, 0.79], 3, [0, 1]);
  expect(thresholds?.lower).toBeCloseTo(0.765_916_759_465_594, 12);
  expect(thresholds?.upper).toBeCloseTo(0.840_749_907_201_070_9, 10);
});

test("thresholds stay within the limits that a metric has", () => {
  expect(chunkThresholds([0, 1], 3, [0, 1])).toEqual({ lower: 0, upper: 1 });
  expect(chunkThresholds([0, 1], 3, [null, null])).toEqual({ lower: -1, upper: 2 });
});

test("no value at all gives no thresholds", () => {
  expect(chunkThresholds([null, null], 3, [0, 1])).toBeNull();
});

test("only a value outside alerts; a missing one is reported as missing", () => {
  const thresholds = { lower: 0.5, upper: 0.6 };
  expect([0.49, 0.5, 0.6, 0.61, null].map((value) => chunkVerdict(value, thresholds))).toEqual([
    "alert",
    "within",
    "within",
    "alert",
    "missing",
  ]);
});

test("thresholds surround the mean and widen with the multiplier", () => {
  const values = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1 });
  fc.assert(
    fc.property(values, (chunks) => {
      const narrow = chunkThresholds(chunks, 1, [null, null]);
      const wide = chunkThresholds(chunks, 3, [null, null]);
      expect(wide?.lower).toBeLessThanOrEqual(narrow?.lower ?? Number.NaN);
      expect(wide?.upper).toBeGreaterThanOrEqual(narrow?.upper ?? Number.NaN);
    }),
  );
});
