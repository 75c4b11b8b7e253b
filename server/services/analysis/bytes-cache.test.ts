import { expect, test } from "vitest";
import { BytesCache } from "./bytes-cache.ts";

test("what was unused for longest makes room", () => {
  const cache = new BytesCache<string>(10);
  cache.set("a", "A", 4);
  cache.set("b", "B", 4);
  expect(cache.get("a")).toBe("A");
  cache.set("c", "C", 4);
  expect([cache.get("a"), cache.get("b"), cache.get("c")]).toEqual(["A", null, "C"]);
});

test("setting the same key again replaces it, and its bytes count once", () => {
  const cache = new BytesCache<number>(10);
  for (let i = 0; i < 20; i++) cache.set("a", i, 6);
  cache.set("b", 1, 4);
  expect([cache.get("a"), cache.get("b")]).toEqual([19, 1]);
});

test("what alone is larger than the cache is not kept, and drives nothing out", () => {
  const cache = new BytesCache<number>(10);
  cache.set("a", 1, 10);
  cache.set("b", 2, 11);
  expect([cache.get("a"), cache.get("b")]).toEqual([1, null]);
});
