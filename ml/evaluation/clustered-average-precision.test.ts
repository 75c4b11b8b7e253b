import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import { clusteredAveragePrecision } from "./clustered-average-precision.ts";
import { averagePrecision } from "./ranking.ts";

function rows(customerOf: (row: number) => number) {
  const rng = createRng("rows");
  const labels = Uint8Array.from({ length: 2_000 }, () => Number(rng.next() < 0.05));
  return {
    labels,
    scores: Float64Array.from(labels, (label) => Math.min(1, rng.next() * (label === 1 ? 1 : 0.6))),
    weights: new Float64Array(2_000).fill(1),
    customers: Array.from({ length: 2_000 }, (_, row) => customerOf(row)),
  };
}

test("the value is average precision, inside an interval that the seed repeats", () => {
  const given = rows((row) => row);
  const found = clusteredAveragePrecision(given, { seed: 7, replicates: 100 });
  expect(found.value).toBeCloseTo(averagePrecision(given.scores, given.labels) ?? 0, 12);
  expect(found.interval?.lower).toBeLessThan(found.value ?? 0);
  expect(found.interval?.upper).toBeGreaterThan(found.value ?? 1);
  expect(clusteredAveragePrecision(given, { seed: 7, replicates: 100 })).toEqual(found);
});

test("few customers with many payments know less than as many customers as payments", () => {
  const width = (customerOf: (row: number) => number): number => {
    const { interval } = clusteredAveragePrecision(rows(customerOf), { seed: 1, replicates: 200 });
    return (interval?.upper ?? 0) - (interval?.lower ?? 0);
  };
  expect(width((row) => row % 8)).toBeGreaterThan(0);
  expect(
    clusteredAveragePrecision(
      rows(() => 1),
      { seed: 1, replicates: 50 },
    ).interval,
  ).toMatchObject({
    lower: expect.closeTo(
      clusteredAveragePrecision(
        rows(() => 1),
        { seed: 1, replicates: 2 },
      ).value ?? 0,
      9,
    ),
  });
});

test("without a fraud there is none", () => {
  const given = rows((row) => row);
  given.labels.fill(0);
  expect(clusteredAveragePrecision(given, { seed: 1, replicates: 10 })).toEqual({
    value: null,
    interval: null,
  });
});
