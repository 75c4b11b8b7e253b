import fc from "fast-check";
import { expect, test } from "vitest";
import { MaxTable } from "./max-table.ts";
import { SlotRows } from "./slot-rows.ts";
import { copyState } from "./testing/copy-state.ts";

const windows = [
  { left: 3, right: 0 },
  { left: 12, right: 0 },
] as const;
const LONGEST = 12;

function tableOf(slots: number): { table: MaxTable; rows: SlotRows } {
  const rows = new SlotRows();
  const table = new MaxTable(windows, rows);
  rows.endLogged();
  rows.ensure(slots);
  return { table, rows };
}

function read(table: MaxTable, slot: number, nowTile: number): number[] {
  const out = new Float64Array(windows.length);
  table.read(slot, nowTile, out, 0);
  return [...out];
}

type Paid = { readonly tile: number; readonly amount: number };

function byDefinition(paid: readonly Paid[], nowTile: number): number[] {
  return windows.map(({ left }) => {
    const inside = paid.filter((p) => p.tile > nowTile - left);
    return inside.length === 0 ? Number.NaN : Math.max(...inside.map((p) => p.amount));
  });
}

const step = fc.record({ gap: fc.nat(4), late: fc.nat(15), amount: fc.nat(9), slot: fc.nat(2) });

test("the largest amount of a window that ends now, with payments in and out of order", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const { table } = tableOf(3);
      const paid: Paid[][] = [[], [], []];
      let now = 100;
      for (const { gap, late, amount, slot } of steps) {
        now += gap;
        const tile = now - (late > 10 ? late - 10 : 0);
        table.add(slot, tile, amount, now - LONGEST);
        paid[slot]?.push({ tile, amount });
        for (const [i, own] of paid.entries()) expect(read(table, i, now)).toEqual(byDefinition(own, now));
      }
    }),
  );
});

test("a batch that rolls back leaves every maximum as it was", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), fc.nat(40), (steps, cut) => {
      const { table, rows } = tableOf(3);
      let now = 100;
      const add = ({ gap, late, amount, slot }: (typeof steps)[number]): void => {
        now += gap;
        table.add(slot, now - (late > 10 ? late - 10 : 0), amount, now - LONGEST);
      };
      for (const one of steps.slice(0, cut)) add(one);
      const nowBefore = now;
      const all = () =>
        [0, 1, 2].flatMap((slot) => [0, 4, 9].map((ahead) => read(table, slot, nowBefore + ahead)));
      const before = all();
      rows.begin();
      table.begin();
      for (const one of steps.slice(cut)) {
        rows.touch(one.slot);
        add(one);
      }
      rows.rollback(() => undefined);
      table.rollback();
      expect(all()).toEqual(before);
    }),
  );
});

test("a slot that was cleared knows no amount, and a restored pool goes on", () => {
  const { table, rows } = tableOf(2);
  table.add(0, 5, 70, 0);
  table.add(1, 5, 90, 0);
  table.clear(0);
  expect(read(table, 0, 5)).toEqual([Number.NaN, Number.NaN]);
  const other = tableOf(2);
  other.rows.load(rows.data.slice());
  copyState(table, other.table);
  other.table.add(1, 7, 80, 0);
  expect(read(other.table, 1, 7)).toEqual([90, 90]);
  expect(read(other.table, 1, 9)).toEqual([80, 90]);
});

test("payments in falling order are all kept, and windows that do not end now are refused", () => {
  const { table } = tableOf(1);
  for (let tile = 0; tile < 12; tile++) table.add(0, tile, 100 - tile, -1);
  expect(read(table, 0, 11)).toEqual([91, 100]);
  expect(read(table, 0, 15)).toEqual([Number.NaN, 96]);
  expect(() => new MaxTable([{ left: 5, right: 1 }])).toThrow(RangeError);
  expect(() => new MaxTable([])).toThrow(RangeError);
});
