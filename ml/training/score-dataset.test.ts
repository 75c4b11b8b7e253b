import { expect, test } from "vitest";
import { loadScorer } from "#ml/models/scorer.ts";
import { scoreDataset, scoreRows } from "./score-dataset.ts";
import { testRowsWith } from "./test-scores.ts";
import { syntheticDataset } from "./testing/synthetic-dataset.ts";

const dataset = syntheticDataset({ rows: 50 });
const term = { feature: 2, rule: "recent fraud", from: 0, to: 1, points: 3 };
const scorer = loadScorer({
  family: "rules",
  featureSet: dataset.featureSet,
  model: { family: "rules", version: 1, width: 5, base: -4, terms: [term] },
  marginOffset: 0,
  calibrator: { kind: "identity" },
});
const expected = (row: number): number => 1 / (1 + Math.exp(4 - 3 * (dataset.features[row * 5 + 2] ?? 0)));

test("a range of rows is scored in order, the end left out", () => {
  const scores = scoreDataset(scorer, dataset, 10, 20);
  expect(scores).toHaveLength(10);
  for (const [i, score] of scores.entries()) expect(score).toBeCloseTo(expected(10 + i), 12);
  expect(scoreDataset(scorer, dataset)).toHaveLength(50);
  expect(scoreDataset(scorer, dataset, 20, 10)).toHaveLength(0);
});

test("chosen rows score the same as in a range", () => {
  const all = scoreDataset(scorer, dataset);
  expect([...scoreRows(scorer, dataset, Uint32Array.of(7, 3, 49))]).toEqual([all[7], all[3], all[49]]);
});

test("test rows carry what an evaluation needs of each row, in the rows' order", () => {
  const rows = Uint32Array.of(4, 9);
  const joined = testRowsWith(Float64Array.of(0.1, 0.2), dataset, { rows, labels: Uint8Array.of(0, 1) });
  expect(joined.transactionIds).toEqual(["pay_4", "pay_9"]);
  expect(joined.customerIds).toEqual(["cus_4", "cus_9"]);
  expect([...joined.amountMinor]).toEqual([dataset.amountMinor[4], dataset.amountMinor[9]]);
  expect([...joined.occurredAtMs]).toEqual([dataset.occurredAtMs[4], dataset.occurredAtMs[9]]);
  expect([...joined.labels]).toEqual([0, 1]);
});

test("rows of another feature set are refused", () => {
  const other = { ...dataset, featureSet: { ...dataset.featureSet, version: "other@1" } };
  expect(() => scoreDataset(scorer, other)).toThrow("the rows hold other@1");
  expect(() => scoreRows(scorer, other, Uint32Array.of(0))).toThrow(RangeError);
});
