import { expect, test } from "vitest";
import { newRows } from "./new-rows.ts";

const rows = (ids: string) => [...ids].map((id) => ({ id }));
const idsOf = (found: readonly { id: string }[]): string => found.map((row) => row.id).join("");

test("rows above and between known ones are new", () => {
  expect(idsOf(newRows(rows("xaybc"), rows("abcdef"), true))).toBe("xy");
});

test("rows that moved up because others left are not new while more is to be loaded", () => {
  expect(idsOf(newRows(rows("cdef"), rows("abcd"), true))).toBe("");
});

test("where the whole list is loaded, every unknown row is new", () => {
  expect(idsOf(newRows(rows("abx"), rows("ab"), false))).toBe("x");
  expect(idsOf(newRows(rows("x"), [], false))).toBe("x");
});

test("a head of which nothing is known is all new", () => {
  expect(idsOf(newRows(rows("xyz"), rows("abc"), true))).toBe("xyz");
});
