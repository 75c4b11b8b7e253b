import fc from "fast-check";
import { expect, test } from "vitest";
import { DISTINCT_CAP, DistinctTable } from "./distinct-table.ts";
import { SlotRows } from "./slot-rows.ts";

function tableOf(slots: number): DistinctTable {
  const rows = new SlotRows();
  const table = new DistinctTable(100, rows);
  rows.ensure(slots);
  return table;
}

test("the current id is one of those counted, an unknown one adds none", () => {
  const table = tableOf(1);
  expect(table.count(0, 7, 0)).toBe(1);
  expect(table.count(0, Number.NaN, 0)).toBe(0);
  table.add(0, 7, 0, 0);
  expect(table.count(0, 7, 50)).toBe(1);
  expect(table.count(0, 8, 50)).toBe(2);
});

test("an id leaves when its last sighting does", () => {
  const table = tableOf(1);
  table.add(0, 7, 0, 0);
  table.add(0, 7, 30, 30);
  expect(table.count(0, Number.NaN, 129)).toBe(1);
  expect(table.count(0, Number.NaN, 130)).toBe(0);
});

test("counts equal a set's over the window, up to the cap, in any slot", () => {
  const step = fc.record({ slot: fc.nat(2), id: fc.nat(60), gap: fc.nat(8) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const table = tableOf(3);
      const seen: { slot: number; id: number; at: number }[] = [];
      let now = 0;
      for (const { slot, id, gap } of steps) {
        now += gap;
        const inWindow = seen.filter((s) => s.slot === slot && s.at > now - 100).map((s) => s.id);
        expect(table.count(slot, id, now)).toBe(Math.min(DISTINCT_CAP, new Set([...inWindow, id]).size));
        table.add(slot, id, now, now);
        seen.push({ slot, id, at: now });
      }
    }),
  );
});

test("a captured slot comes back, and storage is used again after clearing", () => {
  const table = tableOf(1);
  for (let id = 0; id < 5; id++) table.add(0, id, id, id);
  const saved = table.capture(0);
  for (let id = 10; id < 40; id++) table.add(0, id, 10, 10);
  table.restore(0, saved);
  expect(table.count(0, Number.NaN, 10)).toBe(5);
  const { used } = table.toState();
  for (let round = 0; round < 100; round++) {
    table.clear(0);
    for (let id = 0; id < 40; id++) table.add(0, id, 10, 10);
  }
  expect(table.toState().used).toBeLessThanOrEqual(used + 64);
});
