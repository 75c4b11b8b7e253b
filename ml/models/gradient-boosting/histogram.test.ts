import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import { fillHistogram, subtractHistogram } from "./histogram.ts";
import { binnedMemory } from "./testing/binned-memory.ts";
import { rowsOf } from "./testing/training-rows.ts";

const rng = createRng(5);
const WIDTH = 13;
const table = Array.from({ length: 50 }, () =>
  Array.from({ length: WIDTH }, (_, c) =>
    rng.next() < 0.1 && c % 2 === 0 ? Number.NaN : rng.integer(c + 2),
  ),
);
const rows = rowsOf(
  table,
  table.map(() => rng.integer(2)),
);

function filled(columns: readonly number[], order: readonly number[], slot = 0) {
  const { memory } = binnedMemory(rows, { maxDepth: 2 });
  for (let row = 0; row < rows.rows; row++) memory.packed[row] = rng.integer(1000) - 300;
  memory.columns.set(columns);
  memory.columnCount[0] = columns.length;
  memory.order.set(order);
  memory.histograms.fill(99);
  const node = { slot, rows: { from: 0, to: order.length }, thread: 0 };
  fillHistogram(memory, { from: 0, to: columns.length }, node);
  return memory;
}

test.each([[[2]], [[0, 1, 2]], [[0, 3, 4, 12]], [[0, 1, 2, 3, 4, 5]], [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]]])(
  "sums per code equal a plain count, columns %j",
  (columns) => {
    const order = [3, 7, 20, 49, 0];
    const memory = filled(columns, order, 1);
    for (const column of columns) {
      const at = memory.slotLength + (memory.offsets[column] ?? 0);
      const expected = new Float64Array((memory.offsets[column + 1] ?? 0) - (memory.offsets[column] ?? 0));
      for (const row of order) {
        const code = memory.codes[column * rows.rows + row] ?? 0;
        expected[code] = (expected[code] ?? 0) + (memory.packed[row] ?? 0);
      }
      expect(memory.histograms.subarray(at, at + expected.length)).toEqual(expected);
    }
  },
);

test("columns that the tree may not use, and other slots, are left alone", () => {
  const memory = filled([1, 2], [5, 6], 1);
  expect(memory.histograms[0]).toBe(99);
  expect(memory.histograms[memory.slotLength]).toBe(99);
  expect(memory.histograms[memory.slotLength + (memory.offsets[3] ?? 0)]).toBe(99);
});

test("the parent less one child is the other child, bit for bit", () => {
  const columns = Array.from({ length: WIDTH }, (_, column) => column);
  const memory = filled(columns, [1, 2, 3, 4, 5, 2, 4, 1, 3, 5]);
  const all = { from: 0, to: WIDTH };
  for (const [slot, from, to] of [
    [0, 0, 5],
    [1, 5, 7],
    [2, 7, 10],
  ] as const) {
    fillHistogram(memory, all, { slot, rows: { from, to }, thread: 0 });
  }
  subtractHistogram(memory, all, { parent: 0, child: 1 });
  const used = memory.offsets[WIDTH] ?? 0;
  const slotOf = (slot: number) =>
    memory.histograms.slice(slot * memory.slotLength, slot * memory.slotLength + used);
  expect(slotOf(0)).toEqual(slotOf(2));
});

test("no rows give zeros", () => {
  const memory = filled([0], []);
  expect(memory.histograms.subarray(0, memory.offsets[1]).every((value) => value === 0)).toBe(true);
});
