import fc from "fast-check";
import { expect, test } from "vitest";
import { DISTINCT_CAP, DistinctTable } from "./distinct-table.ts";
import { SlotRows } from "./slot-rows.ts";
import { keptFloats } from "./testing/copy-state.ts";

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
  table.add(0, 7, 0, -100);
  expect(table.count(0, 7, 50)).toBe(1);
  expect(table.count(0, 8, 50)).toBe(2);
});

test("an id leaves when its last sighting does", () => {
  const table = tableOf(1);
  table.add(0, 7, 0, -100);
  table.add(0, 7, 30, -70);
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
        table.add(slot, id, now, now - 100);
        seen.push({ slot, id, at: now });
      }
    }),
  );
});

test("a batch that comes to nothing leaves every slot as it was", () => {
  const step = fc.record({ slot: fc.nat(2), id: fc.nat(60), gap: fc.nat(30) });
  const steps = fc.array(step, { maxLength: 60 });
  fc.assert(
    fc.property(steps, steps, (before, undone) => {
      const rows = new SlotRows();
      const table = new DistinctTable(100, rows);
      rows.endLogged();
      rows.ensure(3);
      let now = 0;
      for (const { slot, id, gap } of before) {
        now += gap;
        table.add(slot, id, now, now - 100);
      }
      const counts = () => [0, 1, 2].map((slot) => table.count(slot, Number.NaN, now));
      const wanted = counts();
      rows.begin();
      table.begin();
      undone.forEach(({ slot, id, gap }, i) => {
        rows.touch(slot);
        table.add(slot, id, now + i * gap, now - 100);
      });
      table.rollback();
      rows.rollback(() => {});
      expect(counts()).toEqual(wanted);
    }),
  );
});

test("of ids seen at the same time the smaller goes first, in whatever order they came", () => {
  const left = (ids: readonly number[]) => {
    const table = tableOf(1);
    for (const id of ids) table.add(0, id, 5, 0);
    table.add(0, 99, 6, 0);
    return ids.filter((id) => table.count(0, id, 6) === DISTINCT_CAP).length;
  };
  const ids = Array.from({ length: DISTINCT_CAP }, (_, i) => i);
  const gone = (order: readonly number[]) => {
    const table = tableOf(1);
    for (const id of order) table.add(0, id, 5, 0);
    table.add(0, 99, 6, 0);
    table.add(0, 0, 7, 0); // known again only if another went
    return table.count(0, Number.NaN, 105);
  };
  expect(left(ids)).toBe(left(ids.toReversed()));
  expect(gone(ids)).toBe(gone(ids.toReversed()));
});

test("a slot takes 32 places at most, and they are used again after clearing", () => {
  const table = tableOf(1);
  for (let round = 0; round < 100; round++) {
    table.clear(0);
    for (let id = 0; id < 1000; id++) table.add(0, id, id, id - 100);
  }
  expect(keptFloats(table) / 2).toBeLessThanOrEqual(2 + 4 + 8 + 16 + 32);
});
