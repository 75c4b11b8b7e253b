import { expect, test } from "vitest";
import { between } from "./use-selection.ts";

test("a range reaches from one row to the other, whichever comes first", () => {
  expect(between(["a", "b", "c", "d"], "b", "d")).toEqual(["b", "c", "d"]);
  expect(between(["a", "b", "c", "d"], "d", "c")).toEqual(["c", "d"]);
  expect(between(["a", "b"], "a", "a")).toEqual(["a"]);
});

test("a range from a row that is gone is the row alone", () => {
  expect(between(["a", "b"], "x", "b")).toEqual(["b"]);
});
