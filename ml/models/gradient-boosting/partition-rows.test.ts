import fc from "fast-check";
import { expect, test } from "vitest";
import { addParted, addToMargins, partitionRows } from "./partition-rows.ts";

const leftCodes = (codes: readonly number[]): Uint8Array => {
  const table = new Uint8Array(256);
  for (const code of codes) table[code] = 1;
  return table;
};

test("rows of the node keep their order on both sides, other rows stay where they are", () => {
  const order = Uint32Array.from([9, 4, 0, 3, 1, 2, 8]);
  const codes = Uint8Array.from([9, 1, 2, 3, 0, 0, 0, 0, 0, 0]);
  const parting = { order, rows: { from: 1, to: 6 }, codes, goesLeft: leftCodes([0, 1]) };
  expect(partitionRows(parting, new Uint32Array(10))).toBe(2);
  expect([...order]).toEqual([9, 4, 1, 0, 3, 2, 8]);
});

test("no row is lost, whatever the codes, and a last split moves the same rows", () => {
  const list = fc.array(fc.integer({ min: 0, max: 255 }));
  fc.assert(
    fc.property(list, fc.integer({ min: 0, max: 254 }), fc.boolean(), (codeList, last, missingLeft) => {
      const isLeft = (code: number): boolean => code <= last || (missingLeft && code === 255);
      const table = leftCodes(Array.from({ length: 256 }, (_, code) => code).filter(isLeft));
      const rows = [...codeList.keys()];
      const [left, right] = [true, false].map((side) =>
        rows.filter((row) => isLeft(codeList[row] ?? 0) === side),
      );
      const order = Uint32Array.from(rows);
      const parting = {
        order,
        rows: { from: 0, to: rows.length },
        codes: Uint8Array.from(codeList),
        goesLeft: table,
      };
      const margins = new Float64Array(rows.length).fill(1);
      expect(addParted(parting, margins, Float64Array.of(10, 20))).toBe(left?.length);
      for (const row of rows) expect(margins[row]).toBe(left?.includes(row) ? 21 : 11);
      expect(partitionRows(parting, new Uint32Array(rows.length))).toBe(left?.length);
      expect([...order]).toEqual([...(left ?? []), ...(right ?? [])]);
    }),
  );
});

test("a leaf's value reaches its own rows only", () => {
  const margins = new Float64Array(4);
  addToMargins(margins, Uint32Array.of(3, 1, 0, 2), { from: 1, to: 3 }, 5);
  expect([...margins]).toEqual([5, 5, 0, 0]);
});
