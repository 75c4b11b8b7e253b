import fc from "fast-check";
import { expect, test } from "vitest";
import { count, countShort, percent, plural, score } from "./number.ts";

test("counts are grouped", () => expect(count(1_234_567)).toBe("1,234,567"));
test("short counts keep one decimal", () => expect(countShort(12_345)).toBe("12.3K"));
test("percentages have one decimal and a space", () => expect(percent(0.7128)).toBe("71.3 %"));
test("scores have three decimals", () => expect(score(0.87312)).toBe("0.873"));
test("one is singular, all else plural", () => {
  expect([0, 1, 2].map((n) => plural(n, "case"))).toEqual(["0 cases", "1 case", "2 cases"]);
});
test("undefined is a dash, never zero", () => {
  expect([count(null), countShort(null), percent(null), score(null)]).toEqual(["–", "–", "–", "–"]);
});
test("a count reads back as the same number", () => {
  fc.assert(fc.property(fc.integer(), (n) => Number(count(n).replaceAll(",", "")) === n));
});
