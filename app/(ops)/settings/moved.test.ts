import fc from "fast-check";
import { expect, test } from "vitest";
import { moved } from "./moved.ts";

test("one place up or down; the ends stay", () => {
  expect(moved(["a", "b", "c"], "b", -1)).toEqual(["b", "a", "c"]);
  expect(moved(["a", "b", "c"], "b", 1)).toEqual(["a", "c", "b"]);
  expect(moved(["a", "b"], "a", -1)).toEqual(["a", "b"]);
  expect(moved(["a", "b"], "x", 1)).toEqual(["a", "b"]);
});

test("nothing is lost, and a move taken back leaves no trace", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { minLength: 2 }), fc.nat(), (ids, n) => {
      const id = ids[n % (ids.length - 1)] ?? "";
      expect(moved(moved(ids, id, 1), id, -1)).toEqual(ids);
    }),
  );
});
