import fc from "fast-check";
import { expect, test } from "vitest";
import { categoryCode } from "./category-code.ts";

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
