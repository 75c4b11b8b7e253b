import fc from "fast-check";
import { expect, test } from "vitest";
import { partitionRows } from "./partition-rows.ts";

test("rows keep their order on both sides", () => {
  const rows = Uint32Array.from([4, 0, 3, 1, 2]);
  const codes = Uint8Array.from([9, 1, 2, 3, 0]);
  expect(partitionRows(rows, codes, { last: 1, missing: -1 }, new Uint32Array(5))).toBe(2);
  expect([...rows]).toEqual([4, 1, 0, 3, 2]);
});

test("missing values go left when asked to, though their code is the highest", () => {
  const rows = Uint32Array.from([0, 1, 2]);
  const codes = Uint8Array.from([5, 0, 3]);
  expect(partitionRows(rows, codes, { last: 1, missing: 5 }, new Uint32Array(3))).toBe(2);
  expect([...rows]).toEqual([0, 1, 2]);
});

test("no row is lost, whatever the codes", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 255 })),
      fc.integer({ min: 0, max: 255 }),
      (list, last) => {
        const rows = Uint32Array.from(list.keys());
        const codes = Uint8Array.from(list);
        const left = partitionRows(rows, codes, { last, missing: -1 }, new Uint32Array(list.length));
        const isLeft = (row: number): boolean => (list[row] ?? 0) <= last;
        expect([...rows]).toEqual([
          ...[...list.keys()].filter(isLeft),
          ...[...list.keys()].filter((row) => !isLeft(row)),
        ]);
        expect(left).toBe([...list.keys()].filter(isLeft).length);
      },
    ),
  );
});
