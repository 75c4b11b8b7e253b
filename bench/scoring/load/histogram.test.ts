import fc from "fast-check";
import { expect, test } from "vitest";
import { Histogram } from "./histogram.ts";

function histogramOf(values: readonly number[]): Histogram {
  const histogram = new Histogram();
  for (const value of values) histogram.record(value);
  return histogram;
}

function nearestRank(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil(q * sorted.length)) - 1] ?? Number.NaN;
}

const latencies = fc.array(fc.oneof(fc.nat(300), fc.nat(50_000), fc.nat(2 ** 31 - 1)), {
  minLength: 1,
  maxLength: 400,
});

test("every quantile lies within 0.8 % above the one of the sorted values", () => {
  fc.assert(
    fc.property(latencies, fc.double({ min: 0, max: 1, noNaN: true }), (values, q) => {
      const exact = nearestRank(values, q);
      const found = histogramOf(values).quantile(q) ?? Number.NaN;
      expect(found).toBeGreaterThanOrEqual(exact);
      expect(found).toBeLessThanOrEqual(exact * (1 + 1 / 128));
    }),
  );
});

test("values under 256 are exact, and so are the maximum and the mean", () => {
  const histogram = histogramOf([1, 2, 3, 100, 255, 70_001]);
  expect([0, 0.5, 0.8].map((q) => histogram.quantile(q))).toEqual([1, 3, 255]);
  expect(histogram.quantile(1)).toBe(70_001);
  expect(histogram.max).toBe(70_001);
  expect(histogram.mean).toBeCloseTo((1 + 2 + 3 + 100 + 255 + 70_001) / 6, 9);
});

test("one outlier among a thousand is the p99.9's neighbour and never its p99", () => {
  const histogram = histogramOf([...Array(999).fill(50), 9_000_000]);
  expect(histogram.quantile(0.99)).toBe(50);
  expect(histogram.quantile(0.999)).toBe(50);
  expect(histogram.quantile(0.9995)).toBe(9_000_000);
});

test("two histograms added are the histogram of all values", () => {
  fc.assert(
    fc.property(latencies, latencies, (one, other) => {
      const sum = histogramOf(one);
      sum.add(histogramOf(other).data());
      expect(sum.data()).toEqual(histogramOf([...one, ...other]).data());
    }),
  );
});

test("nothing recorded has no quantile, and a copy made from data goes on by itself", () => {
  const empty = new Histogram();
  expect([empty.quantile(0.5), empty.max, empty.mean]).toEqual([null, null, null]);
  const copy = new Histogram(histogramOf([7]).data());
  copy.record(9);
  expect(copy.total).toBe(2);
  expect(copy.quantile(0.5)).toBe(7);
});

test("what is longer than half an hour is kept in the last bucket", () => {
  const histogram = histogramOf([3e9, -4]);
  expect(histogram.quantile(0.5)).toBe(0);
  expect(histogram.max).toBe(3e9);
});
