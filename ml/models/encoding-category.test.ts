import fc from "fast-check";
import { expect, test } from "vitest";
import { frequentCategories } from "./encoding-category.ts";

test("categories come most frequent first, the lower code first among equals, rare and missing ones not", () => {
  const codes = [
    ...new Array<number>(25).fill(40),
    ...new Array<number>(21).fill(30),
    ...new Array<number>(21).fill(4),
    ...new Array<number>(19).fill(1),
    ...new Array<number>(50).fill(Number.NaN),
  ];
  expect(frequentCategories(codes)).toEqual([40, 4, 30]);
  expect(frequentCategories([])).toEqual([]);
});

test("at most 32 categories are kept, and the order of the rows does not matter", () => {
  const counts = fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 60 });
  fc.assert(
    fc.property(counts, (rowsOf) => {
      const rows = rowsOf.flatMap((count, code) => new Array<number>(count).fill(code));
      const kept = frequentCategories(rows);
      expect(kept).toHaveLength(Math.min(32, rowsOf.filter((count) => count >= 20).length));
      expect(frequentCategories(rows.toReversed())).toEqual(kept);
      const least = Math.min(...kept.map((code) => rowsOf[code] ?? 0));
      for (const [code, count] of rowsOf.entries()) if (count > least) expect(kept).toContain(code);
    }),
  );
});
