import fc from "fast-check";
import { expect, test } from "vitest";
import { attributesFeatureSet } from "#ml/features/default-set.ts";
import { payment } from "#ml/features/testing/payment.ts";
import type { MappedRow } from "#server/services/import/index.ts";
import { GrowingDataset } from "./growing-dataset.ts";

const featureSet = attributesFeatureSet(["v1"]);

function rowOf(
  i: number,
  changes: Partial<MappedRow["payment"]> = {},
  fraud: boolean | null = false,
): MappedRow {
  const basis = { id: `pay_${i}`, occurredAtMs: i * 1_000, amountMinor: i * 10, customerId: `cus_${i}` };
  return { payment: payment({ ...basis, ...changes }), fileId: String(i), fraud };
}

test("rows keep their order and values however often the matrix has to grow", () => {
  fc.assert(
    fc.property(fc.nat({ max: 60 }), fc.integer({ min: 1, max: 5 }), (rows, expected) => {
      const growing = new GrowingDataset(featureSet, expected);
      const scratch = new Float64Array(2);
      for (let i = 0; i < rows; i++) {
        scratch.set([i, -i]); // the caller reuses its array
        growing.add(rowOf(i), scratch);
      }
      const dataset = growing.build(0);
      expect(dataset.rows).toBe(rows);
      expect(Array.from(dataset.features)).toEqual(Array.from({ length: rows }, (_, i) => [i, -i]).flat());
      expect(dataset.transactionIds).toEqual(Array.from({ length: rows }, (_, i) => `pay_${i}`));
    }),
  );
});

test("labels are known as long after their payment as asked, and a card stands before its customer", () => {
  const growing = new GrowingDataset(featureSet);
  growing.add(rowOf(1, {}, true), Float64Array.of(1, Number.NaN));
  growing.add(rowOf(2, { cardToken: "card_a" }), Float64Array.of(2, 0));
  const dataset = growing.build(86_400_000);
  expect(Array.from(dataset.labels)).toEqual([1, 0]);
  expect(Array.from(dataset.labelRecordedAtMs)).toEqual([86_401_000, 86_402_000]);
  expect(dataset.cardIds).toEqual(["cus_1", "card_a"]);
  expect(dataset.customerIds).toEqual(["cus_1", "cus_2"]);
  expect(dataset.features[1]).toBeNaN();
  expect(Array.from(dataset.amountMinor)).toEqual([10, 20]);
});

test("an empty dataset has no rows", () => {
  expect(new GrowingDataset(featureSet).build(0)).toMatchObject({ rows: 0, width: 2 });
});
