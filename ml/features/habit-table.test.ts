import fc from "fast-check";
import { expect, test } from "vitest";
import { HABIT_PRIOR_PAYMENTS, HabitTable } from "./habit-table.ts";
import { SlotRows } from "./slot-rows.ts";

type PayTime = { readonly hour: number; readonly weekday: number };

/** A time in that hour of that weekday; 2026-01-05 is a Monday. */
const timeOf = ({ hour, weekday }: PayTime): number => Date.UTC(2026, 0, 5 + weekday, hour, 59, 59);
const when = fc.record({ hour: fc.nat(23), weekday: fc.nat(6) });

function tableOf(slots: number): HabitTable {
  const rows = new SlotRows();
  const table = new HabitTable(rows);
  rows.ensure(slots);
  return table;
}

function read(table: HabitTable, slot: number, at: PayTime): number[] {
  const out = new Float64Array(2);
  table.read(slot, timeOf(at), out, 0);
  return [...out];
}

const drawn = (count: number, total: number, even: number): number =>
  (count + HABIT_PRIOR_PAYMENTS * even) / (total + HABIT_PRIOR_PAYMENTS);

test("up to 120 payments a habit is the share within an hour of this one and on this weekday, drawn to an even one", () => {
  fc.assert(
    fc.property(fc.array(when, { minLength: 1, maxLength: 120 }), when, (payments, now) => {
      const table = tableOf(2);
      for (const payment of payments) table.add(1, timeOf(payment));
      const near = payments.filter((p) => [0, 1, 23].includes((p.hour - now.hour + 24) % 24)).length;
      const same = payments.filter((p) => p.weekday === now.weekday).length;
      expect(read(table, 1, now)).toEqual([
        drawn(near, payments.length, 1 / 8),
        drawn(same, payments.length, 1 / 7),
      ]);
      expect(read(table, 0, now)).toEqual([Number.NaN, Number.NaN]);
    }),
  );
});

test("counters are halved at 120 payments, so that a new habit replaces the old one", () => {
  const table = tableOf(1);
  for (let i = 0; i < 121; i++) table.add(0, timeOf({ hour: 9, weekday: 2 }));
  expect(read(table, 0, { hour: 9, weekday: 2 })[0]).toBeCloseTo(drawn(61, 61, 1 / 8), 12);
  for (let i = 0; i < 1000; i++) table.add(0, timeOf({ hour: 23, weekday: 6 }));
  const [hour, weekday] = read(table, 0, { hour: 0, weekday: 6 });
  expect(hour).toBeGreaterThan(0.9);
  expect(weekday).toBeGreaterThan(0.9);
  expect(read(table, 0, { hour: 9, weekday: 2 })[0]).toBeLessThan(0.02);
});

test("counters never spill into each other, however many payments there are", () => {
  fc.assert(
    fc.property(fc.array(when, { minLength: 1, maxLength: 4 }), (pattern) => {
      const table = tableOf(1);
      for (let i = 0; i < 600; i++)
        table.add(0, timeOf(pattern[i % pattern.length] ?? { hour: 0, weekday: 0 }));
      const hours = new Set(pattern.map((p) => p.hour));
      for (let hour = 0; hour < 24; hour++) {
        const [share] = read(table, 0, { hour, weekday: 0 });
        const near = [hour, (hour + 1) % 24, (hour + 23) % 24].some((h) => hours.has(h));
        if (near) expect(share).toBeGreaterThan(0.1);
        else expect(share).toBeLessThan(0.02);
      }
    }),
    { numRuns: 20 },
  );
});

test("a cleared slot has no habit", () => {
  const table = tableOf(1);
  table.add(0, timeOf({ hour: 3, weekday: 3 }));
  table.clear(0);
  expect(read(table, 0, { hour: 3, weekday: 3 })).toEqual([Number.NaN, Number.NaN]);
});
