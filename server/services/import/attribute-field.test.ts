import { expect, test } from "vitest";
import type { AttributeValue } from "#ml/features/payment-event.ts";
import { AttributeField, attributeReader, type PaymentBasis } from "./attribute-field.ts";
import { Columns } from "./field-readers.ts";

const basis: PaymentBasis = { occurredAtMs: Date.parse("2020-03-09"), latitude: 36, longitude: -82 };

/** What a field makes of a row with these cells. */
function attributeOf(
  field: object,
  cells: Record<string, string>,
  changes: Partial<PaymentBasis> = {},
): AttributeValue | null {
  const columns = new Columns("mine", Object.keys(cells), (text) => text);
  const read = attributeReader(AttributeField.parse({ column: "a", ...field }), columns);
  return read({ line: 2, row: 1, cells: Object.values(cells) }, { ...basis, ...changes });
}

test("numbers, texts and flags are taken as they stand; empty and missing values are not there", () => {
  expect(attributeOf({}, { a: "1.5" })).toBe(1.5);
  expect(attributeOf({ type: "string" }, { a: "Honda" })).toBe("Honda");
  expect(attributeOf({ type: "boolean", trueWhen: ["Yes"] }, { a: "Yes" })).toBe(true);
  expect(attributeOf({ type: "boolean", trueWhen: ["Yes"] }, { a: "No" })).toBe(false);
  expect(attributeOf({ missing: ["0"] }, { a: "0" })).toBeNull();
  expect(attributeOf({}, { a: "" })).toBeNull();
  expect(() => attributeOf({}, { a: "many" })).toThrow("is not a number");
});

test("a text in an order counts as its place there, and one that is not in it as unknown", () => {
  const order = ["none", "1 to 7", "more than 7"];
  expect(["none", "1 to 7", "more than 7", "8"].map((a) => attributeOf({ order }, { a }))).toEqual([
    0,
    1,
    2,
    null,
  ]);
});

test("years run from the date of the column to the payment", () => {
  expect(attributeOf({ type: "years" }, { a: "1988-03-09" })).toBeCloseTo(32, 2);
  expect(attributeOf({ type: "years" }, { a: "" })).toBeNull();
});

test("a distance is that between the payment's place and the column's", () => {
  const field = { type: "distance", longitude: "b" };
  expect(attributeOf(field, { a: "36", b: "-82" })).toBe(0);
  expect(attributeOf(field, { a: "37", b: "-82" })).toBeCloseTo(111.2, 1);
  expect(attributeOf(field, { a: "37", b: "" })).toBeNull();
  expect(attributeOf(field, { a: "37", b: "-82" }, { latitude: null })).toBeNull();
  expect(() => attributeOf(field, { a: "370", b: "-82" })).toThrow("is no place on earth");
});
