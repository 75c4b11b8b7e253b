import fc from "fast-check";
import { expect, test } from "vitest";
import { poissonBootstrap, replicateInterval } from "./poisson-bootstrap.ts";

const options = { seed: 7, replicates: 400 };

test("replicates of a sum over n equal clusters have its mean and the variance of n Poisson counts of mean 1", () => {
  const n = 2_000;
  const { totals } = poissonBootstrap(
    { sums: new Float64Array(n).fill(1), measures: 1 },
    { seed: 1, replicates: 2_000 },
  );
  const mean = totals.reduce((sum, total) => sum + total, 0) / totals.length;
  const variance = totals.reduce((sum, total) => sum + (total - mean) ** 2, 0) / (totals.length - 1);
  expect(Math.abs(mean - n)).toBeLessThan(5); // standard error is 1
  expect(variance / n).toBeGreaterThan(0.85);
  expect(variance / n).toBeLessThan(1.15);
});

test("the interval of a mean agrees with the normal one", () => {
  const values = Float64Array.from({ length: 1_000 }, (_, i) => (i * 7_919) % 101);
  const mean = values.reduce((sum, value) => sum + value, 0) / 1_000;
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 999);
  const sums = new Float64Array(2_000);
  for (const [i, value] of values.entries()) sums.set([value, 1], 2 * i);
  const replicates = poissonBootstrap({ sums, measures: 2 }, { seed: 3, replicates: 2_000 });
  const interval = replicateInterval(replicates, (t) => (t[0] ?? 0) / (t[1] ?? 1));
  const reach = (1.96 * sd) / Math.sqrt(1_000);
  expect(interval?.lower).toBeCloseTo(mean - reach, 0);
  expect(interval?.upper).toBeCloseTo(mean + reach, 0);
});

test("what two measures share cancels in their difference: the pairing is kept", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 1, maxLength: 50 }),
      (values) => {
        const sums = Float64Array.from(values.flatMap((value) => [value, value + 3]));
        const replicates = poissonBootstrap({ sums, measures: 2 }, options);
        const constant = poissonBootstrap(
          { sums: new Float64Array(values.length).fill(3), measures: 1 },
          options,
        );
        const difference = replicateInterval(replicates, (t) => (t[1] ?? 0) - (t[0] ?? 0));
        expect(difference).toEqual(replicateInterval(constant, (t) => t[0] ?? 0));
      },
    ),
    { numRuns: 30 },
  );
});

test("clusters that sum to nothing change no statistic's spread but by chance", () => {
  const few = poissonBootstrap(
    { sums: Float64Array.of(10, 20, 30), measures: 1 },
    { seed: 2, replicates: 4_000 },
  );
  const many = poissonBootstrap(
    { sums: Float64Array.of(10, 0, 20, 0, 30, 0), measures: 1 },
    { seed: 9, replicates: 4_000 },
  );
  const spread = (totals: Float64Array): number => {
    const mean = totals.reduce((sum, total) => sum + total, 0) / totals.length;
    return Math.sqrt(totals.reduce((sum, total) => sum + (total - mean) ** 2, 0) / totals.length);
  };
  expect(spread(few.totals) / spread(many.totals)).toBeCloseTo(1, 1);
});

test("the same seed gives the same replicates, another seed others", () => {
  const clusters = { sums: Float64Array.of(1, 2, 3, 4), measures: 1 };
  expect(poissonBootstrap(clusters, options)).toEqual(poissonBootstrap(clusters, options));
  expect(poissonBootstrap(clusters, { ...options, seed: 8 })).not.toEqual(
    poissonBootstrap(clusters, options),
  );
});

test("a statistic that is mostly undefined has no interval, and nonsense is refused", () => {
  const none = poissonBootstrap({ sums: new Float64Array(0), measures: 2 }, options);
  expect(replicateInterval(none, (t) => (t[1] === 0 ? null : 1))).toBeNull();
  expect(() => poissonBootstrap({ sums: new Float64Array(3), measures: 2 }, options)).toThrow(RangeError);
  expect(() =>
    poissonBootstrap({ sums: new Float64Array(2), measures: 2 }, { seed: 1, replicates: 1 }),
  ).toThrow();
});
