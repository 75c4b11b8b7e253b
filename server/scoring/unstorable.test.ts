import { describe, expect, test } from "vitest";
import { findUnstorable, MAX_DEPTH } from "./unstorable.ts";

describe("found and named", () => {
  test.each([
    ["a NUL character in a value", { a: "x\0y" }, "/a"],
    ["a NUL character in a name", { "a\0": 1 }, "/a\uFFFD"],
    ["half a surrogate pair in a value", { a: ["\uD800"] }, "/a/0"],
    ["half a surrogate pair in a name", { "\uDC00": 1 }, "/\uFFFD"],
    ["a member named __proto__", { a: JSON.parse('{"__proto__":1}') }, "/a/__proto__"],
    ["a whole number of too many digits", { a: 41111111111111112n }, "/a"],
    ["a whole number beyond exact doubles", { a: 2 ** 53 }, "/a"],
  ])("%s", (_name, body, path) => {
    expect(findUnstorable(body).map((finding) => finding.path)).toEqual([path]);
  });
});

test.each([
  ["other control characters", { a: "x\ty\n" }],
  ["whole surrogate pairs", { a: "🦊" }],
  ["names of object members", { constructor: 1, toString: 2, hasOwnProperty: 3 }],
  ["the largest exact whole number", { a: Number.MAX_SAFE_INTEGER }],
  ["numbers that are rough by nature", { a: 1e300, b: 0.1 }],
  ["what is no object", "text"],
])("%s are fine", (_name, body) => expect(findUnstorable(body)).toEqual([]));

test("eight levels are fine and nine are not, however many follow", () => {
  const nested = (levels: number): unknown => (levels === 0 ? 1 : { a: nested(levels - 1) });
  expect(findUnstorable(nested(MAX_DEPTH))).toEqual([]);
  expect(findUnstorable(nested(MAX_DEPTH + 1))).toHaveLength(1);
  expect(findUnstorable(nested(1_000))).toEqual(findUnstorable(nested(MAX_DEPTH + 1)));
});

test("a body full of faults is not listed to the end", () => {
  const body = Array.from({ length: 500 }, () => "\0");
  expect(findUnstorable(body)).toHaveLength(20);
});
