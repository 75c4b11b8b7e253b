import fc from "fast-check";
import { expect, test } from "vitest";
import { defineFeatureSet } from "#ml/features/feature-set.ts";
import { createRng } from "#ml/math/seeded-random.ts";
import { loadScorer } from "#ml/models/scorer.ts";
import type { Dataset } from "./dataset.ts";
import { explorationWeights } from "./exploration-weights.ts";
import { DAY_MS } from "./time-split.ts";
import { train } from "./train.ts";
import { trainDefaults } from "./train-options.ts";

const all = (): boolean => true;

test("an explored row stands for 1 / chance of them, and the weights have a mean of 1", () => {
  const chances = Float64Array.from({ length: 10_000 }, (_, row) => (row % 100 === 0 ? 0.1 : 1));
  const { weights, summary } = explorationWeights(chances, all);
  expect(summary).toMatchObject({ explored: 100, capped: 0, rows: 10_000 });
  expect((weights?.[0] ?? 0) / (weights?.[1] ?? 0)).toBeCloseTo(10, 9);
  expect([...(weights ?? [])].reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(10_000, 6);
  // (9,900 + 100 * 10)^2 / (9,900 + 100 * 100)
  expect(summary.effectiveRows).toBeCloseTo(10_900 ** 2 / 19_900, 6);
});

test("a weight beyond the mean times the root of the rows is cut", () => {
  const chances = new Float64Array(100).fill(1);
  chances[0] = 0.001;
  const { weights, summary } = explorationWeights(chances, all);
  expect(summary).toMatchObject({ explored: 1, capped: 1, cap: 10.99 * 10 });
  expect((weights?.[0] ?? 0) / (weights?.[1] ?? 0)).toBeCloseTo(109.9, 6);
});

test("rows that do not count are left at 1 and out of the mean; without exploration there are no weights", () => {
  const { weights, summary } = explorationWeights(Float64Array.of(0.5, 1, 0.5), (row) => row < 2);
  expect(weights?.[2]).toBe(1);
  expect([...(weights ?? [])].slice(0, 2).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(2, 12);
  expect(summary).toMatchObject({ explored: 1, rows: 2 });
  expect(explorationWeights(new Float64Array(5).fill(1), all)).toEqual({
    weights: null,
    summary: { explored: 0, cap: null, capped: 0, rows: 5, effectiveRows: 5 },
  });
  expect(explorationWeights(new Float64Array(0), all).weights).toBeNull();
  expect(() => explorationWeights(Float64Array.of(0), all)).toThrow(RangeError);
});

test("the effective number of rows never exceeds the rows, and weights are positive", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 1, maxLength: 200 }),
      (list) => {
        const { weights, summary } = explorationWeights(Float64Array.from(list), all);
        expect(summary.effectiveRows).toBeLessThanOrEqual(list.length + 1e-6);
        expect((weights ?? [1]).every((weight) => weight > 0)).toBe(true);
      },
    ),
  );
});

const featureSet = defineFeatureSet("two", [
  {
    name: "amount",
    entity: "transaction",
    aggregate: "amount",
    window: null,
    unit: "number",
    text: "amount",
  },
  { name: "risk", entity: "transaction", aggregate: "attribute", window: null, unit: "number", text: "risk" },
]);
const START_MS = Date.UTC(2026, 0, 1);
const ROWS = 12_000;
const SHARE = 0.1;

/**
 * Payments of which an earlier rule declined most with a sign that the features don't hold; of those a tenth was let
 * through to review, so that only their outcome is known. `truth` holds all outcomes.
 */
function selected(seed: number): { dataset: Dataset; truth: Uint8Array; chances: Float64Array } {
  const rng = createRng(`selected:${seed}`);
  const features = new Float64Array(2 * ROWS);
  const truth = new Uint8Array(ROWS);
  const chances = new Float64Array(ROWS).fill(1);
  const labels = new Int8Array(ROWS);
  for (let row = 0; row < ROWS; row++) {
    const [amount, risk] = [rng.normal(), rng.normal()];
    features.set([amount, risk], 2 * row);
    const hasSign = rng.next() < 0.15;
    const margin = -3.4 + 0.8 * amount + 0.7 * risk + (hasSign ? 2.5 : 0);
    truth[row] = Number(rng.next() < 1 / (1 + Math.exp(-margin)));
    if (hasSign) chances[row] = SHARE;
    const isKnown = !hasSign || rng.next() < SHARE;
    labels[row] = isKnown ? (truth[row] as number) : -1;
  }
  const times = Float64Array.from({ length: ROWS }, (_, row) => START_MS + (row / ROWS) * 90 * DAY_MS);
  const ids = Array.from({ length: ROWS }, (_, row) => `c${row}`);
  const undisputable = Uint8Array.from(labels, (label) => Number(label === -1));
  const dataset: Dataset = {
    featureSet,
    width: 2,
    rows: ROWS,
    features,
    labels,
    undisputable,
    occurredAtMs: times,
    labelRecordedAtMs: times,
    amountMinor: new Float64Array(ROWS).fill(100),
    customerIds: ids,
    cardIds: ids,
    transactionIds: ids,
  };
  return { dataset, truth, chances };
}

/** Mean score less share of fraud, over all payments, known or not, of the newest third. */
async function calibrationBias(dataset: Dataset, truth: Uint8Array): Promise<number> {
  const day = (days: number): number => START_MS + days * DAY_MS;
  const windows = {
    train: { fromMs: day(0), toMs: day(45) },
    validation: { fromMs: day(45), toMs: day(75) },
    test: { fromMs: day(75), toMs: day(90) },
  };
  const options = {
    ...trainDefaults,
    windows,
    maturityDays: 0,
    families: ["logistic_regression"] as const,
    importanceRows: 0,
    bootstrapReplicates: 0,
  };
  const { artifact } = await train(dataset, options, {
    signal: null,
    onProgress: () => {},
    now: new Date(day(91)),
  });
  const from = Math.floor((ROWS * 2) / 3);
  const scores = new Float64Array(ROWS - from);
  loadScorer(artifact).score(dataset.features.subarray(2 * from), ROWS - from, scores);
  const actual = truth.subarray(from).reduce((sum, label) => sum + label, 0);
  return (scores.reduce((sum, score) => sum + score, 0) - actual) / scores.length;
}

test("where declines depend on what the features don't hold, weighting makes the scores less biased", {
  timeout: 30_000,
}, async () => {
  const [plain, weighted]: [number[], number[]] = [[], []];
  for (const seed of [1, 2]) {
    const { dataset, truth, chances } = selected(seed);
    const { weights } = explorationWeights(chances, (row) => dataset.labels[row] !== -1);
    plain.push(await calibrationBias(dataset, truth));
    weighted.push(await calibrationBias({ ...dataset, weights }, truth));
  }
  for (const bias of plain) expect(bias).toBeLessThan(-0.02); // unweighted, fraud is underestimated by far
  for (const [at, bias] of weighted.entries())
    expect(Math.abs(bias)).toBeLessThan(Math.abs(plain[at] ?? 0) / 2);
});
