import { expect, test } from "vitest";
import { syntheticDataset, syntheticStartMs } from "#ml/training/testing/synthetic-dataset.ts";
import { train } from "#ml/training/train.ts";
import { trainDefaults } from "#ml/training/train-options.ts";
import { defaultPolicy } from "#server/domain/policy.ts";
import type { Champion } from "#server/services/model/champion.ts";
import type { PaymentFacts } from "#server/services/promotion/payment-facts.ts";
import { compareFamilies } from "./compare-families.ts";

const dataset = syntheticDataset({ rows: 3000 });
const families = ["rules", "logistic_regression"] as const;
const options = { ...trainDefaults, maturityDays: 5, bootstrapReplicates: 0, families };
const context = { signal: null, onProgress: () => {}, now: new Date(syntheticStartMs + 40 * 86_400_000) };
const result = await train(dataset, options, context);
const policy = defaultPolicy;

const factsOf = (of: (row: number) => Partial<PaymentFacts>): ReadonlyMap<string, PaymentFacts> =>
  new Map(
    result.testScores.transactionIds.map((id, row) => [
      id,
      { currency: "EUR", channel: null, isDeclined: false, knownChance: 1, ...of(row) },
    ]),
  );

test("without a champion every family is compared with the one that was chosen, on the same test rows", () => {
  const compared = compareFamilies(
    { dataset, result, champion: null, policy, facts: factsOf(() => ({})) },
    1,
  );
  expect(compared).toMatchObject({ reference: { championNumber: null }, currency: "EUR" });
  expect(compared?.rows).toBe(result.testRows.length);
  const [first, second] = compared?.models ?? [];
  expect(first).toMatchObject({ family: result.selected, isSelected: true, difference: null });
  expect(second?.difference?.averagePrecision).not.toBeNull();
  for (const model of compared?.models ?? []) {
    const report = Object.values(result.reports).find(({ family }) => family === model.family);
    expect(model.measures.averagePrecision).toBeCloseTo(report?.test.averagePrecision ?? -1, 12);
    expect(model.measures.ece).toBeCloseTo(report?.test.ece ?? -1, 12);
    expect(model.measures.expectedCostMinor).toBeGreaterThan(0);
  }
});

test("a champion of the same features comes first, and the family that it is differs from it by nothing", () => {
  const version = { number: 7, featureSetVersion: result.artifact.featureSet.version };
  const champion = { version, artifact: result.artifact } as Champion;
  const given = { dataset, result, champion, policy, facts: factsOf(() => ({})) };
  const compared = compareFamilies(given, 1);
  expect(compared?.reference.championNumber).toBe(7);
  expect(compared?.models.map(({ family }) => family)).toEqual([null, ...families]);
  const same = compared?.models.find(({ isSelected }) => isSelected);
  expect(same?.differenceInterval?.expectedCostMinor).toEqual({ lower: 0, upper: 0 });
  const other = { ...champion, version: { ...version, featureSetVersion: "other@1" } } as Champion;
  expect(compareFamilies({ ...given, champion: other }, 1)?.reference.championNumber).toBeNull();
});

test("declined payments that nobody labelled are left out, other currencies cost nothing", () => {
  const facts = factsOf((row) => ({ isDeclined: row < 50, currency: row % 3 === 0 ? "USD" : "EUR" }));
  const compared = compareFamilies({ dataset, result, champion: null, policy, facts }, 1);
  const labelled = Array.from(result.testRows.subarray(0, 50)).filter((row) => dataset.labels[row] !== -1);
  expect(compared?.rows).toBe(result.testRows.length - 50 + labelled.length);
  expect(compared?.currency).toBe("EUR");
});
