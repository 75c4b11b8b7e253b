import fc from "fast-check";
import { expect, test } from "vitest";
import { binnedMemory } from "./testing/binned-memory.ts";
import { noisyRows, rowsOf } from "./testing/training-rows.ts";
import { codeCountOf, cutsOf } from "./training-memory.ts";

const columnOf = (values: readonly number[]) =>
  binnedMemory(
    rowsOf(
      values.map((value) => [value]),
      values.map((_, i) => i % 2),
    ),
  ).memory;

test("missing values have the code after the last bin", () => {
  const memory = columnOf([3, 1, Number.NaN, 1, 2]);
  expect([...memory.codes]).toEqual([2, 0, 3, 0, 1]);
  expect(codeCountOf(memory, 0)).toBe(4);
});

test("codes lie column after column, and histograms have room for each column's own", () => {
  const { memory } = binnedMemory(
    rowsOf(
      [
        [1, Number.NaN],
        [2, 5],
        [3, 5],
      ],
      [0, 1, 0],
    ),
  );
  expect([...memory.codes]).toEqual([0, 1, 2, 1, 0, 0]);
  expect([...memory.offsets]).toEqual([0, 3, 5]);
});

test("x <= cuts[code] and x > cuts[code - 1], infinities included", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 600 }), (values) => {
      const memory = columnOf(values);
      const cuts = cutsOf(memory, 0);
      for (const [i, code] of memory.codes.entries()) {
        const value = values[i] ?? 0;
        expect(value <= (cuts[code] ?? Number.POSITIVE_INFINITY)).toBe(true);
        if (code > 0) expect(value > (cuts[code - 1] ?? Number.NaN)).toBe(true);
      }
    }),
  );
});

test("more rows than the sample holds are cut by a sample and all of them encoded", () => {
  const rows = noisyRows(70_000, 5);
  const { memory } = binnedMemory(rows);
  const cuts = cutsOf(memory, 0);
  expect(cuts).toHaveLength(254);
  for (let row = 0; row < rows.rows; row += 997) {
    const value = rows.features[row * rows.width] ?? Number.NaN;
    expect(memory.codes[row]).toBe(cuts.filter((cut) => cut < value).length);
  }
  const missing = rows.features.reduce((count, value) => count + Number(Number.isNaN(value)), 0);
  const code = codeCountOf(memory, 2) - 1;
  const third = memory.codes.subarray(2 * rows.rows, 3 * rows.rows);
  expect(third.reduce((count, other) => count + Number(other === code), 0)).toBe(missing);
});
