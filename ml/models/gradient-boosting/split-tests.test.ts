import fc from "fast-check";
import { expect, test } from "vitest";
import { joinTrees, leafOf, type Nodes } from "./nodes.ts";
import { splitTests, spreadRow } from "./split-tests.ts";

/** One split on the second of three features; the left leaf is worth 0, the right one 1. */
const stump = (cut: number, missingRight: 0 | 1): Nodes => ({
  feature: Int16Array.of(1, -1, -1),
  value: Float64Array.of(cut, 0, 1),
  left: Uint32Array.of(1, 0, 0),
  missingRight: Uint8Array.of(missingRight, 0, 0),
  cover: Uint32Array.of(2, 1, 1),
});

function goesRight(nodes: Nodes, row: Float64Array): number {
  const spread = new Float64Array(3 * row.length);
  spreadRow(row, spread);
  const { column, cut } = splitTests(nodes, [0], row.length);
  return Number((spread[column[0] ?? 0] ?? 0) > (cut[0] ?? 0));
}

const anyNumber = fc.double();

test("a test sends every value, missing and infinite ones too, where the split sends it", () => {
  fc.assert(
    fc.property(anyNumber, fc.double({ noNaN: true }), fc.constantFrom(0, 1), (x, cut, missingRight) => {
      const nodes = stump(cut, missingRight === 1 ? 1 : 0);
      const row = Float64Array.of(0, x, 0);
      expect(goesRight(nodes, row)).toBe(leafOf(nodes, 0, row, 0));
    }),
  );
});

test("a value equal to the cut goes left, and above an infinite cut there is only what is missing", () => {
  const row = (x: number): Float64Array => Float64Array.of(9, x, 9);
  expect(goesRight(stump(2, 1), row(2))).toBe(0);
  expect(goesRight(stump(2, 0), row(2.5))).toBe(1);
  const missing = stump(Number.POSITIVE_INFINITY, 1);
  expect(goesRight(missing, row(Number.POSITIVE_INFINITY))).toBe(0);
  expect(goesRight(missing, row(Number.NaN))).toBe(1);
  expect(goesRight(stump(Number.POSITIVE_INFINITY, 0), row(Number.NaN))).toBe(0);
});

test("a spread row forgets the row before it", () => {
  const spread = new Float64Array(3);
  spreadRow(Float64Array.of(Number.NaN), spread);
  expect([...spread]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 1]);
  spreadRow(Float64Array.of(4), spread);
  expect([...spread]).toEqual([4, 4, 0]);
});

test("tests follow the order of the splits asked for", () => {
  const { nodes } = joinTrees({ width: 3, base: 0 }, [stump(1, 0), stump(2, 1)]);
  expect(splitTests(nodes, [3, 0], 3)).toEqual({ column: Uint16Array.of(4, 1), cut: Float64Array.of(2, 1) });
});
