import fc from "fast-check";
import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import { type CustomerRows, curveReplicates } from "./curve-replicates.ts";
import { topKOf } from "./lift-gains.ts";
import { percentileInterval, poissonDraws } from "./poisson-bootstrap.ts";
import { precisionAtRecallOf } from "./precision-at-recall.ts";
import { type RankedCounts, rankedCounts } from "./ranked-counts.ts";
import { averagePrecisionOf, rocAucOf } from "./ranking.ts";
import { recallAtFprOf } from "./recall-at-fpr.ts";
import { wilsonInterval } from "./wilson-interval.ts";

const rowsOf = (
  rows: readonly (readonly [score: number, label: number, customer: number])[],
): CustomerRows => ({
  scores: Float64Array.from(rows, ([score]) => score),
  labels: Uint8Array.from(rows, ([, label]) => label),
  customers: Uint32Array.from(rows, ([, , customer]) => customer),
});

const measuresOf = (counts: RankedCounts): (number | null)[] => [
  averagePrecisionOf(counts),
  rocAucOf(counts),
  recallAtFprOf(counts, 0.1),
  precisionAtRecallOf(counts, 0.6),
  topKOf(counts, (counts.positives + counts.negatives) / 4).hits,
];

test("each replicate measures what its weights say of the rows themselves", () => {
  const row = fc.tuple(
    fc.integer({ min: 0, max: 12 }),
    fc.integer({ min: 0, max: 1 }),
    fc.integer({ min: 0, max: 9 }),
  );
  fc.assert(
    fc.property(fc.array(row, { minLength: 2, maxLength: 60 }), (list) => {
      const rows = rowsOf(
        list.map(([score, label, customer]) => [score / 12, label, customer * 1_000] as const),
      );
      const replicates = curveReplicates(rows, { seed: 3, replicates: 3 });
      expect(replicates.length).toBe(rows.labels.includes(1) ? 3 : 0);
      // Customers draw in order of appearance, each for every replicate.
      const draw = poissonDraws(3);
      const weights = new Map([...new Set(rows.customers)].map((id) => [id, [draw(), draw(), draw()]]));
      replicates.forEach((counts, r) => {
        const ofRows = Float64Array.from(rows.customers, (id) => weights.get(id)?.[r] ?? Number.NaN);
        const expected = measuresOf(rankedCounts(rows.scores, rows.labels, ofRows));
        measuresOf(counts).forEach((value, at) => {
          if (value === null || expected[at] === null) expect(value).toBe(expected[at]);
          else expect(value).toBeCloseTo(expected[at] ?? Number.NaN, 12);
        });
      });
    }),
  );
});

test("with one row a customer, the interval of recall agrees with the binomial one", () => {
  const rng = createRng(5);
  const rows = rowsOf(
    Array.from({ length: 9_000 }, (_, i) => {
      const isFraud = i % 15 === 0;
      return [isFraud ? rng.next() : rng.next() * 0.5, isFraud ? 1 : 0, i] as const;
    }),
  );
  const caught = rows.scores.filter((score, i) => score >= 0.5 && rows.labels[i] === 1).length;
  // All legitimate scores lie under one half: recall at no false alert is the share of frauds above them.
  const values = curveReplicates(rows, { seed: 1, replicates: 400 }).map((c) => recallAtFprOf(c, 0));
  const interval = percentileInterval(values);
  const binomial = wilsonInterval(caught, 600);
  expect(Math.abs((interval?.lower ?? 0) - (binomial?.lower ?? 0))).toBeLessThan(0.02);
  expect(Math.abs((interval?.upper ?? 0) - (binomial?.upper ?? 0))).toBeLessThan(0.02);
});

test("frauds of one customer are drawn together: the interval is wider than of as many customers", () => {
  const width = (customers: number): number => {
    const rows = rowsOf(
      Array.from({ length: 2_000 }, (_, i) => {
        const customer = i % customers;
        const isFraud = i % 10 === 0;
        return [isFraud && customer % 20 === 0 ? 0.9 : 0.2, isFraud ? 1 : 0, customer] as const;
      }),
    );
    const values = curveReplicates(rows, { seed: 2, replicates: 300 }).map((c) => recallAtFprOf(c, 0));
    const interval = percentileInterval(values);
    return (interval?.upper ?? 0) - (interval?.lower ?? 0);
  };
  expect(width(100)).toBeGreaterThan(1.5 * width(2_000));
});

test("of more fraud scores than cuts evenly many are kept, and totals stay whole", () => {
  const rows = rowsOf(Array.from({ length: 500 }, (_, i) => [i / 500, i % 2, 0] as const));
  const [first] = curveReplicates(rows, { seed: 8, replicates: 8, mostCuts: 10 }).filter(
    (c) => c.positives > 0,
  );
  expect(first?.thresholds.length).toBe(21);
  expect(first?.positives).toBe(first?.negatives);
  expect(first?.thresholds[19]).toBe(1 / 500); // the lowest fraud
});

test("what is no bootstrap is refused", () => {
  const rows = rowsOf([[0.5, 1, 0]]);
  expect(() => curveReplicates(rows, { seed: 1, replicates: 1 })).toThrow(RangeError);
  expect(() => curveReplicates({ ...rows, labels: new Uint8Array(2) }, { seed: 1, replicates: 2 })).toThrow(
    RangeError,
  );
});
