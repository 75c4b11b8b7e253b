import { expect, test } from "vitest";
import { attributesFeatureSet } from "#ml/features/default-set.ts";
import type { PaymentEvent } from "#ml/features/payment-event.ts";
import { payment } from "#ml/features/testing/payment.ts";
import { DatasetBuilder } from "./dataset-builder.ts";

const featureSet = attributesFeatureSet(["v1"]);
const paid = (id: string, cardToken: string | null): PaymentEvent =>
  payment({ id, cardToken, customerId: "cus_1" });

test("rows hold the values written at the offset, their labels, and the customer where no card is known", () => {
  const builder = new DatasetBuilder(featureSet, 2);
  builder.features.set([1, 2], builder.offset);
  builder.add(paid("a", "card_1"), { fraud: true, recordedAtMs: 2000 });
  builder.features.set([3, Number.NaN], builder.offset);
  builder.add(paid("b", null), null);
  const { dataset } = builder.build();
  expect([...dataset.features]).toEqual([1, 2, 3, Number.NaN]);
  expect([...dataset.labels]).toEqual([1, -1]);
  expect([...dataset.labelRecordedAtMs]).toEqual([2000, Number.NaN]);
  expect(dataset.cardIds).toEqual(["card_1", "cus_1"]);
  expect(dataset).toMatchObject({ rows: 2, width: 2, transactionIds: ["a", "b"] });
});

test("served values replace those of the last row only, and only where they have its length", () => {
  const builder = new DatasetBuilder(featureSet, 2);
  builder.features.set([1, 2], builder.offset);
  builder.add(paid("a", null), null);
  builder.features.set([3, 4], builder.offset);
  builder.add(paid("b", null), null);
  builder.replaceFeatures(new Uint8Array(Float64Array.of(9, 8).buffer));
  expect([...builder.features]).toEqual([1, 2, 9, 8]);
  builder.replaceFeatures(new Uint8Array(8));
  expect([...new Float64Array(builder.lastRow().slice().buffer)]).toEqual([9, 8]);
});

test("a payment more than was counted is an error, never a silent loss", () => {
  const builder = new DatasetBuilder(featureSet, 0);
  expect(() => builder.add(paid("a", null), null)).toThrow(RangeError);
});

test("an empty log is a dataset without rows", () => {
  expect(new DatasetBuilder(featureSet, 0).build().dataset).toMatchObject({
    rows: 0,
    width: 2,
    customerIds: [],
  });
});
