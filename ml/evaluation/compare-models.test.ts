import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import { type ComparedModel, compareModels } from "./compare-models.ts";
import { evaluateScores } from "./evaluation-report.ts";

const ROWS = 3_000;
const rng = createRng("models");
const labels = Uint8Array.from({ length: ROWS }, () => Number(rng.next() < 0.04));
const rows = {
  labels,
  customers: Array.from({ length: ROWS }, (_, row) => row % 300),
  days: Float64Array.from({ length: ROWS }, (_, row) => Math.floor(row / 300)),
  cards: Array.from({ length: ROWS }, (_, row) => row % 400),
};

function model(skill: number): ComparedModel {
  const scores = Float64Array.from(labels, (label) => {
    const raw = rng.next() * (1 - skill) + label * skill * rng.next();
    return Math.min(1, raw ** 3);
  });
  const costMinor = scores.map((score, row) => (labels[row] === 1 ? 5_000 * (1 - score) : 100 * score));
  return { scores, costMinor };
}

const [champion, better] = [model(0.5), model(0.8)] as const;
const options = { seed: 2, replicates: 120 };
const [first, second] = compareModels(rows, [champion, better], options);

test("measures are those of a training's evaluation", () => {
  const wanted = evaluateScores({
    scores: champion.scores,
    labels,
    amountMinor: new Float64Array(ROWS),
    occurredAtMs: rows.days.map((day) => day * 86_400_000),
    cardIds: rows.cards.map(String),
    customerIds: rows.customers.map(String),
    seed: 1,
    replicates: 0,
  });
  for (const name of [
    "averagePrecision",
    "rocAuc",
    "recallAtFpr001",
    "recallAtFpr01",
    "cardPrecision100",
    "brier",
    "ece",
  ] as const) {
    expect(first?.measures[name]).toBeCloseTo(wanted[name] ?? Number.NaN, 12);
  }
  const mean = champion.costMinor.reduce((sum, cost) => sum + cost, 0) / ROWS;
  expect(first?.measures.expectedCostMinor).toBeCloseTo(mean, 9);
});

test("a better model differs from the reference beyond its interval, in the direction of each measure", () => {
  expect(first).toMatchObject({ difference: null, differenceInterval: null });
  const { difference, differenceInterval } = second ?? {};
  expect(differenceInterval?.averagePrecision?.lower).toBeGreaterThan(0);
  expect(differenceInterval?.expectedCostMinor?.upper).toBeLessThan(0);
  expect(difference?.brier).toBeCloseTo((second?.measures.brier ?? 0) - (first?.measures.brier ?? 0), 12);
  for (const name of ["averagePrecision", "rocAuc", "brier", "expectedCostMinor"] as const) {
    expect(difference?.[name]).toBeGreaterThan(differenceInterval?.[name]?.lower ?? 1);
    expect(difference?.[name]).toBeLessThan(differenceInterval?.[name]?.upper ?? -1);
  }
});

test("a model compared with itself differs by nothing, with certainty: draws are paired", () => {
  const [, same] = compareModels(rows, [champion, champion], { seed: 9, replicates: 20 });
  expect(same?.difference?.averagePrecision).toBe(0);
  expect(same?.differenceInterval?.averagePrecision).toEqual({ lower: 0, upper: 0 });
  expect(same?.differenceInterval?.cardPrecision100).toEqual({ lower: 0, upper: 0 });
});

test("rows without a cost are left out of the cost alone", () => {
  const costMinor = champion.costMinor.map((cost, row) => (row < 1_500 ? cost : Number.NaN));
  const [half] = compareModels(rows, [{ ...champion, costMinor }], { seed: 1, replicates: 0 });
  const mean = champion.costMinor.slice(0, 1_500).reduce((sum, cost) => sum + cost, 0) / 1_500;
  expect(half?.measures.expectedCostMinor).toBeCloseTo(mean, 9);
  expect(half?.measures.brier).toBe(first?.measures.brier);
});

test("without a fraud ranking is null and the rest stays", () => {
  const none = { ...rows, labels: new Uint8Array(ROWS) };
  const [only] = compareModels(none, [champion], { seed: 1, replicates: 2 });
  expect(only?.measures).toMatchObject({ averagePrecision: null, rocAuc: null });
  expect(only?.measures.brier).not.toBeNull();
});
