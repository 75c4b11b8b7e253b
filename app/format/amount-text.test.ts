import fc from "fast-check";
import { expect, test } from "vitest";
import { amountOf, amountText } from "./amount-text.ts";

test("an amount reads back as the same minor units, in every currency", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1e12 }),
      fc.constantFrom("EUR", "JPY", "KWD"),
      (minor, currency) => {
        expect(amountOf(amountText(minor, currency), currency)).toBe(minor);
      },
    ),
  );
});

test("decimals that the currency does not have are refused, as is what is no number", () => {
  expect([
    amountOf("12.5", "JPY"),
    amountOf("1.005", "EUR"),
    amountOf("a", "EUR"),
    amountOf("-1", "EUR"),
  ]).toEqual([null, null, null, null]);
  expect([amountOf("1000", "EUR"), amountOf(" 12,5 ", "EUR")]).toEqual([100_000, 1_250]);
});
