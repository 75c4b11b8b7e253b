import fc from "fast-check";
import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import { clusteredMean } from "./clustered-mean.ts";

const options = { seed: 1, replicates: 400 };
const ones = (length: number): Float64Array => new Float64Array(length).fill(1);

test("the mean is the sum of values over the sum of weights", () => {
  const interval = clusteredMean(
    { values: Float64Array.of(2, 4, 9), weights: Float64Array.of(1, 2, 2) },
    options,
  );
  expect(interval?.mean).toBe(3);
  expect(interval?.clusters).toBe(3);
});

test("its standard error is that of a mean where clusters weigh the same", () => {
  // Sample deviation of 1, 2, 3, 4, 5 is the root of 2.5; of their mean, the root of 0.5.
  const interval = clusteredMean({ values: Float64Array.of(1, 2, 3, 4, 5), weights: ones(5) }, options);
  expect(interval?.standardError).toBeCloseTo(Math.sqrt(0.5), 12);
});

test("a 95 % interval of skewed clusters covers the truth nine times in ten and more", () => {
  let covered = 0;
  for (let seed = 0; seed < 200; seed++) {
    const rng = createRng(`coverage:${seed}`);
    const values = Float64Array.from({ length: 60 }, () => Math.exp(rng.normal())); // mean e^0.5
    const interval = clusteredMean({ values, weights: ones(60) }, { seed, replicates: 199 });
    if (interval && interval.lower <= Math.exp(0.5) && Math.exp(0.5) <= interval.upper) covered++;
  }
  expect(covered).toBeGreaterThanOrEqual(178); // of a lognormal, where a percentile interval has about 172
  expect(covered).toBeLessThanOrEqual(198);
});

test("the interval holds the mean, turns with the sign, and is the same for the same seed", () => {
  const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 8, maxLength: 30 });
  fc.assert(
    fc.property(values, (given) => {
      const sums = { values: Float64Array.from(given), weights: ones(given.length) };
      const interval = clusteredMean(sums, options);
      if (interval === null) return;
      expect(interval.lower).toBeLessThanOrEqual(interval.mean);
      expect(interval.upper).toBeGreaterThanOrEqual(interval.mean);
      expect(clusteredMean(sums, options)).toEqual(interval);
      const turned = clusteredMean({ ...sums, values: sums.values.map((v) => -v) }, options);
      expect(turned?.mean).toBeCloseTo(-interval.mean, 9);
    }),
    { numRuns: 30 },
  );
});

test("where nothing differs the interval is nothing; where all differ alike nothing can be said", () => {
  const alike = clusteredMean({ values: new Float64Array(5), weights: ones(5) }, options);
  expect(alike).toEqual({ mean: 0, lower: 0, upper: 0, standardError: 0, clusters: 5 });
  expect(clusteredMean({ values: ones(5), weights: ones(5) }, options)).toBeNull();
});

test("one cluster, or none with weight, has no interval", () => {
  expect(clusteredMean({ values: Float64Array.of(1), weights: ones(1) }, options)).toBeNull();
  expect(clusteredMean({ values: ones(3), weights: new Float64Array(3) }, options)).toBeNull();
});

test("one odd cluster among equals makes the interval wide, not narrow", () => {
  const values = new Float64Array(100);
  values[0] = -1000;
  const interval = clusteredMean({ values, weights: ones(100) }, options);
  expect(interval?.upper).toBeGreaterThan(0);
});

test("sums that do not fit are refused", () => {
  expect(() => clusteredMean({ values: ones(2), weights: ones(3) }, options)).toThrow(RangeError);
  expect(() => clusteredMean({ values: Float64Array.of(Number.NaN, 1), weights: ones(2) }, options)).toThrow(
    /finite/,
  );
  expect(() => clusteredMean({ values: ones(2), weights: ones(2) }, { ...options, replicates: 1 })).toThrow(
    /replicates/,
  );
});
