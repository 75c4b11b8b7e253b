import fc from "fast-check";
import { expect, test } from "vitest";
import { SlotRows } from "./slot-rows.ts";
import { UsualAmount } from "./usual-amount.ts";

function tableOf(slots: number): UsualAmount {
  const rows = new SlotRows();
  rows.reserve(2);
  const table = new UsualAmount(rows);
  rows.ensure(slots);
  return table;
}

function read(table: UsualAmount, slot: number): [number, number] {
  const out = new Float64Array(2);
  table.read(slot, out, 0);
  return [out[0] ?? 0, out[1] ?? 0];
}

test("over the first fifty payments it is the plain mean and deviation of ln(1 + amount)", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(10_000_000), { minLength: 3, maxLength: 50 }), (amounts) => {
      const table = tableOf(2);
      for (const amount of amounts) table.add(1, Math.log1p(amount));
      const logs = amounts.map((a) => Math.log(1 + a));
      const mean = logs.reduce((a, b) => a + b, 0) / logs.length;
      const variance = logs.reduce((a, b) => a + (b - mean) ** 2, 0) / logs.length;
      const [gotMean, gotDeviation] = read(table, 1);
      expect(gotMean).toBeCloseTo(mean, 9);
      expect(gotDeviation ** 2).toBeCloseTo(variance, 9);
    }),
  );
});

test("from then on the newest payment weighs a fiftieth", () => {
  const table = tableOf(1);
  for (let i = 0; i < 50; i++) table.add(0, 0);
  table.add(0, 1);
  const [mean, deviation] = read(table, 0);
  expect(mean).toBeCloseTo(1 / 50, 12);
  expect(deviation ** 2).toBeCloseTo((49 / 50) * (1 / 50), 12);
  for (let i = 0; i < 2000; i++) table.add(0, 1);
  expect(read(table, 0)[0]).toBeCloseTo(1, 9);
});

test("nothing is known before the first payment, and no deviation before the third", () => {
  const table = tableOf(1);
  expect(read(table, 0)).toEqual([Number.NaN, Number.NaN]);
  table.add(0, Math.log(100));
  table.add(0, Math.log(100));
  expect(read(table, 0)[0]).toBeCloseTo(Math.log(100), 12);
  expect(read(table, 0)[1]).toBeNaN();
  table.add(0, Math.log(100));
  expect(read(table, 0)[1]).toBeCloseTo(0, 6);
  table.clear(0);
  expect(read(table, 0)).toEqual([Number.NaN, Number.NaN]);
});
