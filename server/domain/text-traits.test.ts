import fc from "fast-check";
import { expect, test } from "vitest";
import { HAS_LETTER, MANY_DIGITS, NEEDS_ESCAPE, textTraits } from "./text-traits.ts";

const ascii = fc.string({ unit: "binary-ascii", maxLength: 60 });
const numberLike = fc
  .array(
    fc.oneof(
      fc.stringMatching(/^\d{1,8}$/),
      fc.constantFrom(" ", "-", "--", "---", "----", "a", ".", "\t", "_"),
    ),
  )
  .map((parts) => parts.join(""));

test("letters and escapes are told as Unicode and JSON have them", () => {
  fc.assert(
    fc.property(ascii, (text) => {
      const traits = textTraits(text);
      expect((traits & HAS_LETTER) !== 0).toBe(/\p{L}/u.test(text));
      expect((traits & NEEDS_ESCAPE) !== 0).toBe(JSON.stringify(text) !== `"${text}"`);
    }),
  );
});

test("digits are many when twelve follow each other with at most three marks between two of them, and where a percent sign stands", () => {
  fc.assert(
    fc.property(fc.oneof(ascii, numberLike), (text) => {
      const many = /\d(?:[^A-Za-z\d]{0,3}\d){11}|%/.test(text);
      expect((textTraits(text) & MANY_DIGITS) !== 0).toBe(many);
    }),
    { numRuns: 1_000 },
  );
});

test("a text that is not ASCII is not read, and may hold anything", () => {
  expect(textTraits("zwölf")).toBe(NEEDS_ESCAPE | MANY_DIGITS);
  expect(textTraits("\u{10FFFF}")).toBe(NEEDS_ESCAPE | MANY_DIGITS);
  expect(textTraits("")).toBe(0);
});
