import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import { bootstrapIntervals } from "./bootstrap.ts";
import { averagePrecision, averagePrecisionOf, rocAuc, rocAucOf } from "./ranking.ts";

function rowsOf(customers: number, perCustomer: number, seed: number) {
  const rng = createRng(seed);
  const rows = Array.from({ length: customers * perCustomer }, (_, i) => ({
    customer: `c${Math.floor(i / perCustomer)}`,
    label: rng.next() < 0.1 ? 1 : 0,
  }));
  return {
    scores: rows.map(({ label }) => label + rng.normal()),
    labels: rows.map(({ label }) => label),
    customerIds: rows.map(({ customer }) => customer),
  };
}

test("intervals hold the estimate, and the same seed gives the same ones", () => {
  const rows = rowsOf(400, 3, 1);
  const options = { seed: 7, replicates: 200 };
  const [ap, auc] = bootstrapIntervals(rows, [averagePrecisionOf, rocAucOf], options);
  const estimates = [averagePrecision(rows.scores, rows.labels), rocAuc(rows.scores, rows.labels)];
  [ap, auc].forEach((interval, i) => {
    expect(interval?.lower).toBeLessThan(estimates[i] ?? -9);
    expect(interval?.upper).toBeGreaterThan(estimates[i] ?? 9);
    expect(interval?.replicates).toBe(200);
  });
  expect(bootstrapIntervals(rows, [averagePrecisionOf, rocAucOf], options)).toEqual([ap, auc]);
  expect(bootstrapIntervals(rows, [rocAucOf], { ...options, seed: 8 })).not.toEqual([auc]);
});

test("95 percent intervals of the AUC cover the true one about 95 times in 100", () => {
  const truth = 0.760_25; // Phi(1 / sqrt 2) for unit normals one deviation apart
  let covered = 0;
  for (let seed = 0; seed < 100; seed++) {
    const [auc] = bootstrapIntervals(rowsOf(300, 1, seed), [rocAucOf], { seed, replicates: 100 });
    if (auc && auc.lower <= truth && truth <= auc.upper) covered++;
  }
  expect(covered).toBeGreaterThanOrEqual(86);
  expect(covered).toBeLessThanOrEqual(99);
});

test("rows that are copies within a customer widen the interval instead of narrowing it", () => {
  const single = rowsOf(200, 1, 3);
  const copies = [0, 1, 2, 3, 4].flatMap(() => [...single.scores.keys()]);
  const repeated = {
    scores: copies.map((i) => single.scores[i] ?? 0),
    labels: copies.map((i) => single.labels[i] ?? 0),
    customerIds: copies.map((i) => single.customerIds[i] ?? ""),
  };
  const options = { seed: 1, replicates: 100 };
  expect(bootstrapIntervals(repeated, [rocAucOf], options)).toEqual([
    expect.objectContaining({
      lower: expect.closeTo(bootstrapIntervals(single, [rocAucOf], options)[0]?.lower ?? 9, 12),
    }),
  ]);
});

test("a metric that is hardly ever defined has no interval", () => {
  const rows = { scores: [0.1, 0.2], labels: [0, 0], customerIds: ["a", "b"] };
  expect(bootstrapIntervals(rows, [averagePrecisionOf], { seed: 1, replicates: 10 })).toEqual([null]);
});

test("a replicate draws as many customers as there are, with all their rows", () => {
  const rows = rowsOf(12, 4, 5);
  const totals: number[] = [];
  bootstrapIntervals(
    rows,
    [
      ({ positives, negatives }) => {
        totals.push(positives + negatives);
        return positives;
      },
    ],
    { seed: 3, replicates: 40 },
  );
  // Twelve draws of four rows, however often each customer came.
  expect(totals).toEqual(new Array(40).fill(48));
});

test("frauds of one customer come and go together", () => {
  // One customer has all the frauds: a replicate holds none, or a multiple of the eight.
  const labels = Array.from({ length: 80 }, (_, i) => (i < 8 ? 1 : 0));
  const rows = {
    scores: labels.map((_, i) => i),
    labels,
    customerIds: labels.map((_, i) => `c${Math.floor(i / 8)}`),
  };
  const frauds = new Set<number>();
  const count = ({ positives }: { positives: number }): number => {
    frauds.add(positives % 8);
    return positives;
  };
  const [interval] = bootstrapIntervals(rows, [count], { seed: 1, replicates: 200 });
  expect(frauds).toEqual(new Set([0]));
  expect(interval?.lower).toBe(0);
  expect(interval?.upper).toBeGreaterThanOrEqual(16);
});

test("rows without a customer and single replicates are refused", () => {
  const rows = { scores: [0.1], labels: [1], customerIds: [] };
  expect(() => bootstrapIntervals(rows, [rocAucOf], { seed: 1, replicates: 10 })).toThrow(RangeError);
  const whole = { ...rows, customerIds: ["a"] };
  expect(() => bootstrapIntervals(whole, [rocAucOf], { seed: 1, replicates: 1 })).toThrow(RangeError);
});
