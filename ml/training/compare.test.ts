import { expect, test } from "vitest";
import { averagePrecision } from "#ml/evaluation/ranking.ts";
import { createRng } from "#ml/math/seeded-random.ts";
import { compare, pairedInterval, pooledDifference } from "./compare.ts";
import type { TestScores } from "./test-scores.ts";

/** Rows of `customers` customers in turn; scores are the label blurred by noise. */
function scored(noise: number, { rows = 2000, customers = 200, seed = "scores" } = {}): TestScores {
  const truth = createRng("labels");
  const rng = createRng(seed);
  const labels = Uint8Array.from({ length: rows }, () => Number(truth.next() < 0.05));
  const ids = (prefix: string, count: number): string[] =>
    Array.from({ length: rows }, (_, i) => `${prefix}_${i % count}`);
  return {
    labels,
    scores: Float64Array.from(labels, (label) => 1 / (1 + Math.exp(-(4 * label - 3 + noise * rng.normal())))),
    occurredAtMs: Float64Array.from({ length: rows }, (_, i) => i * 60_000),
    amountMinor: new Float64Array(rows).fill(1000),
    customerIds: ids("cus", customers),
    cardIds: ids("card", customers),
    transactionIds: ids("pay", rows),
  };
}
const options = { seed: 1, replicates: 200 };

test("a clearly better candidate has an interval above zero that holds the difference", () => {
  const [worse, better] = [scored(3), scored(1)];
  const { difference, differenceInterval, champion, candidate } = compare(worse, better, options);
  const expected =
    (averagePrecision(better.scores, better.labels) ?? 0) -
    (averagePrecision(worse.scores, worse.labels) ?? 0);
  expect(difference).toBeCloseTo(expected, 12);
  expect(differenceInterval?.lower).toBeGreaterThan(0);
  expect(differenceInterval?.lower).toBeLessThan(expected);
  expect(differenceInterval?.upper).toBeGreaterThan(expected);
  expect(candidate.averagePrecision).toBeGreaterThan(champion.averagePrecision ?? 1);
});

test("a model against itself differs by nothing on every replicate: the bootstrap is paired", () => {
  const { difference, differenceInterval } = compare(scored(2), scored(2), options);
  expect(difference).toBe(0);
  expect(differenceInterval).toEqual({ lower: 0, upper: 0, replicates: 200 });
});

test("swapping the two turns the interval round", () => {
  const [a, b] = [scored(2), scored(2, { seed: "other" })];
  const [there, back] = [compare(a, b, options), compare(b, a, options)];
  expect(back.differenceInterval?.lower).toBeCloseTo(-(there.differenceInterval?.upper ?? Number.NaN), 12);
  expect(compare(a, b, options)).toEqual(there);
});

test("tied scores count together, whatever the order of the rows", () => {
  const flat = scored(1);
  const constant = { ...flat, scores: new Float64Array(flat.scores.length).fill(0.5) };
  const { differenceInterval } = compare(constant, constant, options);
  expect(differenceInterval).toEqual({ lower: 0, upper: 0, replicates: 200 });
  const gain = compare(constant, flat, options);
  const share = flat.labels.reduce((sum, label) => sum + label, 0) / flat.labels.length;
  expect(gain.champion.averagePrecision).toBeCloseTo(share, 12);
});

test("four copies of every row tell no more than one: customers are drawn, not rows", () => {
  const fourfold = (rows: TestScores): TestScores => {
    const index = Array.from({ length: 4 * rows.labels.length }, (_, i) => i % rows.labels.length);
    const texts = (values: readonly string[]): string[] => index.map((row) => values[row] ?? "");
    return {
      scores: Float64Array.from(index, (row) => rows.scores[row] ?? 0),
      labels: Uint8Array.from(index, (row) => rows.labels[row] ?? 0),
      occurredAtMs: Float64Array.from(index, (row) => rows.occurredAtMs[row] ?? 0),
      amountMinor: Float64Array.from(index, (row) => rows.amountMinor[row] ?? 0),
      customerIds: texts(rows.customerIds),
      cardIds: texts(rows.cardIds),
      transactionIds: texts(rows.transactionIds),
    };
  };
  const [worse, better] = [scored(3), scored(1)];
  const once = compare(worse, better, options).differenceInterval;
  const copied = compare(fourfold(worse), fourfold(better), options).differenceInterval;
  expect(copied?.lower).toBeCloseTo(once?.lower ?? Number.NaN, 12);
  expect(copied?.upper).toBeCloseTo(once?.upper ?? Number.NaN, 12);
});

test("without a fraud there is no difference, and other rows cannot be compared", () => {
  const rows = scored(1, { rows: 50 });
  const honest = { ...rows, labels: new Uint8Array(50) };
  expect(compare(honest, honest, options)).toMatchObject({ difference: null, differenceInterval: null });
  expect(() => compare(rows, { ...rows, transactionIds: rows.transactionIds.toReversed() }, options)).toThrow(
    "same rows",
  );
});

test("any score that ranks will do for a paired difference: margins give what probabilities give", () => {
  const [worse, better] = [scored(3), scored(1)];
  const margins = better.scores.map((score) => Math.log(score / (1 - score)));
  const { difference, differenceInterval } = compare(worse, better, options);
  expect(pooledDifference(worse, { scores: margins })).toBeCloseTo(difference ?? Number.NaN, 12);
  const interval = pairedInterval(worse, { scores: margins }, options);
  expect(interval?.lower).toBeCloseTo(differenceInterval?.lower ?? Number.NaN, 12);
  expect(interval?.upper).toBeCloseTo(differenceInterval?.upper ?? Number.NaN, 12);
  expect(pooledDifference({ ...worse, labels: new Uint8Array(2000) }, better)).toBeNull();
});
