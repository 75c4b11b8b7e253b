import { expect, test } from "vitest";
import { escapeName, jsonPointer } from "./json-pointer.ts";

test("a path becomes a JSON pointer, and the root an empty one", () => {
  expect(jsonPointer(["attributes", "v1", 0])).toBe("/attributes/v1/0");
  expect(jsonPointer([])).toBe("");
});

test("slashes and tildes in names are escaped as RFC 6901 says", () => {
  expect(jsonPointer(["a/b", "c~d"])).toBe("/a~1b/c~0d");
});

test("long names are cut, and characters that no log can hold are replaced", () => {
  expect(escapeName("x".repeat(200))).toBe(`${"x".repeat(64)}…`);
  expect(escapeName("a\0b\uD800")).toBe("a\uFFFDb\uFFFD");
});
