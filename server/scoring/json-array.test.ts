import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { splitJsonArray } from "./json-array.ts";
import { parseJson, parseJsonItem } from "./raw-json.ts";

const bytesOf = (text: string): Uint8Array => Buffer.from(text);

/** As the batch route reads a body. */
function parseBySplitting(bytes: Uint8Array): unknown {
  const items = splitJsonArray(bytes, 1_000);
  return items === null ? parseJson(bytes) : items.map(parseJsonItem);
}

function outcomeOf(parse: (bytes: Uint8Array) => unknown, bytes: Uint8Array): unknown {
  try {
    return { value: parse(bytes) };
  } catch (error) {
    return error instanceof SyntaxError ? "SyntaxError" : error;
  }
}

test("an array read item by item is the array read at once", () => {
  const spaced = fc.tuple(fc.array(fc.jsonValue(), { maxLength: 6 }), fc.constantFrom(undefined, 1, "\t"));
  fc.assert(
    fc.property(spaced, ([items, space]) => {
      const bytes = bytesOf(` ${JSON.stringify(items, null, space)}\r\n`);
      expect(parseBySplitting(bytes)).toEqual(parseJson(bytes));
    }),
  );
});

test("a text that is broken anywhere is as broken item by item", () => {
  const piece = fc.constantFrom(
    ...'[]{},:"\\ 1a-',
    "[",
    "]",
    ",",
    '"',
    '\\"',
    "null",
    '{"a":1}',
    "\uFEFF",
    "é",
    "12345678901234567",
  );
  const texts = fc.oneof(
    fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join("")),
    fc.array(piece, { maxLength: 12 }).map((pieces) => `[${pieces.join("")}]`),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const bytes = bytesOf(text);
      expect(outcomeOf(parseBySplitting, bytes)).toEqual(outcomeOf(parseJson, bytes));
    }),
    { numRuns: 5_000 },
  );
});

describe("byte order marks", () => {
  test.each([
    "\uFEFF[1,2]",
    "\uFEFF\uFEFF[1]",
    "[\uFEFF1]",
    "[1,\uFEFF2]",
    '["\uFEFF"]',
    "\uFEFF{}",
    "[1]\uFEFF",
  ])("%j", (text) => {
    expect(outcomeOf(parseBySplitting, bytesOf(text))).toEqual(outcomeOf(parseJson, bytesOf(text)));
  });
});

test("bytes that are not UTF-8 are refused in any item", () => {
  const bytes = Buffer.concat([bytesOf('[1,"'), Buffer.from([0xff]), bytesOf('"]')]);
  expect(() => parseBySplitting(bytes)).toThrow(SyntaxError);
});

test("one item too many is told, and the rest is not read", () => {
  expect(splitJsonArray(bytesOf("[1,2,3,4,5,"), 3)).toHaveLength(4);
  expect(splitJsonArray(bytesOf("[1,2,3]"), 3)).toHaveLength(3);
  expect(splitJsonArray(bytesOf("[]"), 3)).toEqual([]);
  expect(splitJsonArray(bytesOf('{"a":[]}'), 3)).toBeNull();
  expect(splitJsonArray(bytesOf(""), 3)).toBeNull();
});
