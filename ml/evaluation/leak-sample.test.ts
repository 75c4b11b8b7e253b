import fc from "fast-check";
import { expect, test } from "vitest";
import { contiguousRows, judgedRows } from "./leak-sample.ts";

test("frauds take up to half of the room, evenly over time, and rows stay in order", () => {
  const labels = Int8Array.from({ length: 1_000 }, (_, i) => (i % 5 === 0 ? 1 : 0));
  const rows = judgedRows(labels, 100);
  expect(rows.length).toBe(100);
  expect(rows.filter((row) => labels[row] === 1).length).toBe(50);
  expect([...rows]).toEqual([...rows].toSorted((a, b) => a - b));
  expect(rows[0]).toBe(0);
  expect(rows.at(-1)).toBeGreaterThan(970);
});

test("rows without a label are left out, none is taken twice, and all are kept where there is room", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(-1, 0, 1)), fc.integer({ min: 0, max: 40 }), (values, most) => {
      const labels = Int8Array.from(values);
      const rows = judgedRows(labels, most);
      const labelled = labels.filter((label) => label >= 0).length;
      expect(new Set(rows).size).toBe(rows.length);
      expect(rows.length).toBe(Math.min(most, labelled));
      for (const row of rows) expect(labels[row]).toBeGreaterThanOrEqual(0);
    }),
  );
});

test("the newest rows come without a gap", () => {
  expect([...contiguousRows(10, 3)]).toEqual([7, 8, 9]);
  expect([...contiguousRows(2, 3)]).toEqual([0, 1]);
});
