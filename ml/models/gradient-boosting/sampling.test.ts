import fc from "fast-check";
import { expect, test } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import { sampleColumns, sampleRows } from "./sampling.ts";

const columns = Uint16Array.from([0, 2, 3, 5, 8, 9, 11, 12, 14, 15]);

test("columns are drawn without replacement, in rising order, as many as the share says and one at least", () => {
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 1, noNaN: true }), fc.nat(), (share, seed) => {
      const drawn = sampleColumns(columns, share, createRng(seed));
      expect(drawn).toHaveLength(Math.max(1, Math.floor(share * columns.length)));
      for (const [i, column] of drawn.entries()) {
        expect(columns).toContain(column);
        if (i > 0) expect(column).toBeGreaterThan(drawn[i - 1] ?? Number.NaN);
      }
    }),
  );
});

test("every column is drawn about as often as the share says", () => {
  const rng = createRng(1);
  const counts = new Map<number, number>();
  for (let draw = 0; draw < 2000; draw++) {
    for (const column of sampleColumns(columns, 0.3, rng)) counts.set(column, (counts.get(column) ?? 0) + 1);
  }
  for (const column of columns) expect(Math.abs((counts.get(column) ?? 0) - 600)).toBeLessThan(100);
});

test("a share of one takes every row in its order and draws nothing", () => {
  const order = new Uint32Array(5);
  const rng = createRng(3);
  expect(sampleRows(order, 1, rng, order.slice())).toBe(5);
  expect([...order]).toEqual([0, 1, 2, 3, 4]);
  expect(rng.next()).toBe(createRng(3).next());
});

test("sampled rows come first, the others behind them, both in rising order and none lost", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 300 }), fc.nat(), (rows, seed) => {
      const order = new Uint32Array(rows);
      const sampled = sampleRows(order, 0.4, createRng(seed), order.slice());
      for (const part of [order.subarray(0, sampled), order.subarray(sampled)]) {
        expect(part).toEqual(part.toSorted());
      }
      expect([...order.toSorted()]).toEqual(Array.from({ length: rows }, (_, row) => row));
    }),
  );
});

test("the share of sampled rows is near what was asked for", () => {
  const order = new Uint32Array(20_000);
  const sampled = sampleRows(order, 0.7, createRng(5), order.slice());
  expect(Math.abs(sampled / order.length - 0.7)).toBeLessThan(0.02);
});
