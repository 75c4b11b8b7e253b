import fc from "fast-check";
import { expect, test } from "vitest";
import { AsciiFingerprint, fingerprint } from "./fingerprint.ts";

const ascii = new AsciiFingerprint();

test("the fingerprint of ASCII bytes is that of their text, wherever they lie", () => {
  const text = fc.string({ unit: "binary-ascii", maxLength: 128 });
  fc.assert(
    fc.property(text, text, (before, id) => {
      const bytes = Buffer.from(`${before}${id}${before}`);
      expect(ascii.read(bytes, before.length, before.length + id.length)).toBe(true);
      const { high, low } = fingerprint(id);
      expect([...ascii.halves]).toEqual([high, low]);
    }),
  );
});

test("text that is not ASCII is refused, at any place of it", () => {
  for (const id of ["é", "cus_é", "é_1", "☃", "a\u0080"]) {
    const bytes = Buffer.from(id);
    expect(ascii.read(bytes, 0, bytes.length)).toBe(false);
  }
});

test("no text at all has a fingerprint too", () => {
  expect(ascii.read(Buffer.from("x"), 1, 1)).toBe(true);
  const { high, low } = fingerprint("");
  expect([...ascii.halves]).toEqual([high, low]);
});
