import fc from "fast-check";
import { expect, test } from "vitest";
import { attributeCode, categoryCode, categoryField } from "./category-code.ts";

test("equal texts have equal codes, and common categories have different ones", () => {
  const texts = ["grocery", "travel", "5732", "5731", "ecommerce", "atm", "DE", "FR", "EUR", "USD", ""];
  expect(new Set(texts.map(categoryCode)).size).toBe(texts.length);
  expect(categoryCode("grocery")).toBe(categoryCode(["gro", "cery"].join("")));
});

test("a code is a whole number of 32 bits, exact as a double", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const code = categoryCode(text);
      expect(code >>> 0).toBe(code);
    }),
  );
});

test("a definition of a category names a text of the payment", () => {
  expect(categoryField("country")).toBe("country");
  expect(() => categoryField("customerId")).toThrow("known are merchantCategory, channel, country, currency");
  expect(() => categoryField(undefined)).toThrow(RangeError);
});

test("an attribute is a category whatever its type, and missing where it is not given", () => {
  expect(attributeCode("red")).toBe(categoryCode("red"));
  expect(attributeCode(7)).toBe(categoryCode("7"));
  expect(attributeCode(true)).toBe(categoryCode("true"));
  expect(attributeCode(undefined)).toBeNaN();
});
