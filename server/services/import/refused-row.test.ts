import { expect, test } from "vitest";
import { loadMapping } from "./load-mapping.ts";
import { cellMask, csvLine, MASK, tokenizedColumns } from "./refused-row.ts";
import { testCards } from "./testing/plain-mapping.ts";

test("whatever looks like a card number is masked, and what does not is kept", () => {
  const mask = cellMask(["a", "b", "c", "d"], new Set());
  expect(mask(["4242 4242 4242 4242", "12.5", "", "order 5555555555554444 late"])).toEqual([
    MASK,
    "12.5",
    "",
    MASK,
  ]);
});

test("columns named like card secrets are masked whatever they hold", () => {
  expect(cellMask(["id", "CVV", "pin", "PAN"], new Set())(["1", "123", "0000", "x"])).toEqual([
    "1",
    MASK,
    MASK,
    MASK,
  ]);
});

test("a column that the mapping tokenizes is masked even where its value fails Luhn", () => {
  const mapping = loadMapping("sparkov");
  expect(tokenizedColumns(mapping)).toEqual(new Set(["cc_num"]));
  expect(cellMask(["cc_num", "amt"], tokenizedColumns(mapping))(["4242424242424241", "5.0"])).toEqual([
    MASK,
    "5.0",
  ]);
});

test("cells beyond the header are checked too", () => {
  expect(cellMask(["a"], new Set())(["1", ...testCards])).toEqual(["1", MASK, MASK, MASK]);
});

test("a line of CSV quotes what needs it", () => {
  expect(csvLine(["plain", "a,b", 'say "hi"', "two\nlines", ""])).toBe(
    'plain,"a,b","say ""hi""","two\nlines",',
  );
});
