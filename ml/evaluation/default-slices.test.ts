import { expect, test } from "vitest";
import { categoryCode } from "#ml/features/category-code.ts";
import { defaultFeatureSet } from "#ml/features/default-set.ts";
import type { FeatureDefinition } from "#ml/features/feature-set.ts";
import { handbookFeatureSet } from "#ml/features/handbook-set.ts";
import { defaultSlices, type FeatureRows } from "./default-slices.ts";

const definition = (name: string, changes: Partial<FeatureDefinition> = {}): FeatureDefinition => ({
  name,
  entity: "transaction",
  aggregate: name,
  window: null,
  unit: "number",
  text: name,
  ...changes,
});

function rowsOf(table: readonly (readonly number[])[]): FeatureRows {
  return { features: Float64Array.from(table.flat()), rows: table.length, width: table[0]?.length ?? 0 };
}

/** The groups of a cut, one per row. */
function groupsOf(
  definitions: readonly FeatureDefinition[],
  name: string,
  rows: FeatureRows,
  reference = rows,
) {
  const slice = defaultSlices(definitions, rows, reference).find((candidate) => candidate.name === name);
  return Array.from({ length: rows.rows }, (_, row) => slice?.of(row));
}

test("the default feature set is cut in every way, the Handbook's by amount and customer", () => {
  const names = (definitions: readonly FeatureDefinition[]): string[] =>
    defaultSlices(definitions, { features: new Float64Array(0), rows: 0, width: definitions.length }).map(
      ({ name }) => name,
    );
  const all = names(defaultFeatureSet.definitions);
  expect(all).toEqual([
    "amount",
    "hour",
    expect.stringMatching(/^(card_present|channel)$/),
    "new_customer",
    "new_merchant",
  ]);
  // Terminal windows of the book ended a week ago: they cannot say whether the terminal is new today.
  expect(names(handbookFeatureSet.definitions)).toEqual(["amount", "new_customer"]);
});

test("amount bands are cut at the quartiles of the reference, not of the rows", () => {
  const reference = rowsOf([[10], [20], [30], [40], [50]]);
  const rows = rowsOf([[1], [20], [20.5], [30], [41], [1_000], [Number.NaN]]);
  expect(groupsOf([definition("amount")], "amount", rows, reference)).toEqual([
    "1 smallest quarter",
    "1 smallest quarter",
    "2 below the median",
    "2 below the median",
    "4 largest quarter",
    "4 largest quarter",
    null,
  ]);
  const [amount] = defaultSlices([definition("amount")], rows, reference);
  expect(amount?.title).toContain("(20, 30, 40)");
  expect(groupsOf([definition("amount")], "amount", rows, rowsOf([]))).toEqual(new Array(7).fill(null));
});

test("hours fall into four bands", () => {
  const rows = rowsOf([[0], [5.99], [6], [12], [23.9], [Number.NaN]]);
  expect(groupsOf([definition("hour")], "hour", rows)).toEqual([
    "00-05",
    "00-05",
    "06-11",
    "12-17",
    "18-23",
    null,
  ]);
});

test("a flag tells card presence, a category the channel", () => {
  const flag = definition("is_card_present", {
    aggregate: "channel",
    attribute: "card_present",
    unit: "flag",
  });
  expect(groupsOf([flag], "card_present", rowsOf([[1], [0], [Number.NaN]]))).toEqual([
    "card present",
    "card not present",
    null,
  ]);
  const channel = definition("channel", { aggregate: "category", attribute: "channel", unit: "category" });
  const rows = rowsOf([
    [1, categoryCode("ecommerce")],
    [0, categoryCode("card_present")],
    [0, 5],
  ]);
  expect(groupsOf([flag, channel], "channel", rows)).toEqual(["ecommerce", "card present", null]);
  expect(groupsOf([flag, channel], "card_present", rows)).toEqual([undefined, undefined, undefined]);
});

test("a customer is new without an earlier payment in 30 days, whether or not this one is counted", () => {
  const count = definition("n", { entity: "customer", aggregate: "count", window: "30d", unit: "count" });
  const rows = rowsOf([[0], [1], [2], [Number.NaN]]);
  expect(groupsOf([count], "new_customer", rows)).toEqual([
    "new customer",
    "known customer",
    "known customer",
    null,
  ]);
  expect(groupsOf([{ ...count, includesCurrent: true }], "new_customer", rows)).toEqual([
    "new customer",
    "new customer",
    "known customer",
    null,
  ]);
  expect(groupsOf([{ ...count, entity: "merchant", delayDays: 7 }], "new_merchant", rows)[0]).toBeUndefined();
});
