import { expect, test } from "vitest";
import { evaluateScores } from "./evaluation-report.ts";

const DAY_MS = 86_400_000;

const rows = {
  scores: [0.9, 0.8, 0.2, 0.1],
  labels: [1, 0, 1, 0],
  amountMinor: [1000, 200, 50, 5],
  occurredAtMs: [0, 1, DAY_MS, DAY_MS + 1],
  cardIds: ["a", "b", "c", "d"],
  customerIds: ["a", "b", "c", "d"],
  seed: 1,
  replicates: 50,
};

test("the report of four rows, checked by hand", () => {
  const report = evaluateScores(rows);
  expect(report).toMatchObject({
    rows: 4,
    frauds: 2,
    prevalence: 0.5,
    amountMinor: 1255,
    fraudAmountMinor: 1050,
    rocAuc: 0.75,
    recallAtFpr001: 0.5,
    recallAtFpr01: 0.5,
    cardPrecision100: 0.01,
  });
  expect(report.averagePrecision).toBeCloseTo(0.5 + (0.5 * 2) / 3, 14);
  expect(report.brier).toBeCloseTo((0.01 + 0.64 + 0.64 + 0.01) / 4, 14);
  expect(report.ece).toBeCloseTo((0.1 + 0.8 + 0.8 + 0.1) / 4, 14);
  expect(report.rocAucInterval?.lower).toBeLessThanOrEqual(0.75);
  expect(report.averagePrecisionInterval?.upper).toBeLessThanOrEqual(1);
});

test("accuracy is not part of it, and it survives JSON", () => {
  const report = evaluateScores(rows);
  expect(Object.keys(report)).not.toContain("accuracy");
  expect(JSON.parse(JSON.stringify(report))).toEqual(report);
});

test("without frauds every ranking measure is null, never 0", () => {
  expect(evaluateScores({ ...rows, labels: [0, 0, 0, 0] })).toMatchObject({
    averagePrecision: null,
    averagePrecisionInterval: null,
    rocAuc: null,
    recallAtFpr01: null,
    prevalence: 0,
  });
});

test("an empty window is all null", () => {
  const empty = { scores: [], labels: [], amountMinor: [], occurredAtMs: [], cardIds: [], customerIds: [] };
  expect(evaluateScores({ ...empty, seed: 1, replicates: 0 })).toMatchObject({
    rows: 0,
    prevalence: null,
    cardPrecision100: null,
    brier: null,
    ece: null,
  });
});

test("intervals can be left out", () => {
  expect(evaluateScores({ ...rows, replicates: 0 }).rocAucInterval).toBeNull();
});

test("scores that are no probabilities, and rows without an amount, are refused", () => {
  expect(() => evaluateScores({ ...rows, scores: [1.2, 0.8, 0.2, 0.1] })).toThrow(RangeError);
  expect(() => evaluateScores({ ...rows, scores: [Number.NaN, 0.8, 0.2, 0.1] })).toThrow(RangeError);
  expect(() => evaluateScores({ ...rows, amountMinor: [1] })).toThrow(RangeError);
});
