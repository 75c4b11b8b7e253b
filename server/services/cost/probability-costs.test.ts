import { expect, test } from "vitest";
import { defaultPolicy } from "#server/domain/policy.ts";
import { rowsOf } from "#server/services/analysis/testing/rows-of.ts";
import { modelRows } from "./model-rows.ts";
import { probabilityCosts } from "./probability-costs.ts";

/** One fraud and four legitimate payments of 10,000. */
const rows = rowsOf([
  { label: 1, challengerScore: 0.4, challenger: 2, floor: 2 },
  { label: 2, floor: 3 },
  { label: 2, floor: 1 },
  { label: 2 },
  { label: 2 },
]);
const input = { rows, classes: rows.columns.label, currency: 1, costAt: () => defaultPolicy.cost };
const all = Uint32Array.of(0, 1, 2, 3, 4);

test("where the costs of now stand, worked out by hand", () => {
  // Reviewing a fraud saves 12,500 - 1,650, a good one costs 500; declining saves 12,500 and costs 2,500.
  const place = probabilityCosts(input, all);
  expect(place?.review).toBeCloseTo(10_850 / (10_850 + 4 * 500), 12);
  expect(place?.decline).toBeCloseTo(12_500 / (12_500 + 4 * 2_500), 12);
});

test("an action that saves nothing stands at 0, and one class alone stands nowhere", () => {
  const blind = { ...defaultPolicy.cost, missRate: 1 };
  expect(probabilityCosts({ ...input, costAt: () => blind }, all)?.review).toBe(0);
  expect(probabilityCosts(input, all.subarray(0, 1))).toBeNull();
  expect(probabilityCosts(input, all.subarray(1))).toBeNull();
});

test("models are compared on all known rows until a challenger has scored frauds enough", () => {
  const known = modelRows(input);
  expect(known).toMatchObject({ frauds: 1, challenger: null });
  expect([...known.rules]).toEqual([1, 1, 0, 0, 0]);
  const many = rowsOf(
    Array.from({ length: 180 }, (_, i) => ({
      label: i % 3 === 0 ? 1 : 2,
      challenger: i < 170 ? 2 : 0,
      challengerScore: i < 170 ? 0.3 : Number.NaN,
    })),
  );
  const shadowed = modelRows({ ...input, rows: many, classes: many.columns.label });
  expect(shadowed.rows).toHaveLength(170);
  expect(shadowed.challenger?.code).toBe(2);
});
