import fc from "fast-check";
import { expect, test } from "vitest";
import { SlotRows } from "./slot-rows.ts";
import { type TileCapture, TileTable, type TileWindow } from "./tile-table.ts";

const windows: readonly TileWindow[] = [
  { left: 5, right: 0 },
  { left: 20, right: 0 },
  { left: 15, right: 7 },
];

function tableOf(slots: number): TileTable {
  const rows = new SlotRows();
  const table = new TileTable(windows, 2, rows);
  rows.ensure(slots);
  return table;
}

function readAll(table: TileTable, slot: number, tile: number, hidden = tile - 20): number[] {
  const out = new Float64Array(windows.length * 2);
  table.read(slot, tile, hidden, out, 0);
  return [...out];
}

function add(table: TileTable, slot: number, tile: number, first: number, second: number): void {
  table.add(slot, tile, new Float64Array([first, second]));
}

type Entry = { readonly slot: number; readonly tile: number; readonly value: number };

/** What the definition says: entries the newest tile has not left behind when they came, inside each window. */
function byDefinition(entries: readonly Entry[], slot: number, tile: number, hidden: number): number[] {
  let head = Number.NEGATIVE_INFINITY;
  const kept = entries.filter((entry) => {
    if (entry.slot !== slot || entry.tile <= head - 20) return false;
    head = Math.max(head, entry.tile);
    return true;
  });
  return windows.flatMap(({ left, right }) => {
    const inside = kept.filter(
      (e) => e.tile > Math.max(tile - left, hidden, head - 20) && e.tile <= tile - right,
    );
    return [inside.length, inside.reduce((sum, e) => sum + e.value, 0)];
  });
}

test("a window counts from behind its left edge up to the tile itself", () => {
  const table = tableOf(1);
  for (const tile of [10, 14, 15]) add(table, 0, tile, 1, tile);
  expect(readAll(table, 0, 15)).toEqual([2, 29, 3, 39, 0, 0]);
  expect(readAll(table, 0, 22)).toEqual([0, 0, 3, 39, 3, 39]);
  expect(readAll(table, 0, 40)).toEqual([0, 0, 0, 0, 0, 0]);
});

test("a slot without payments reads zeros", () => {
  expect(readAll(tableOf(1), 0, 99)).toEqual([0, 0, 0, 0, 0, 0]);
});

test("reading a far tile changes nothing that is read later", () => {
  const table = tableOf(1);
  add(table, 0, 10, 1, 7);
  readAll(table, 0, 1000);
  expect(readAll(table, 0, 12)).toEqual([1, 7, 1, 7, 0, 0]);
  add(table, 0, 11, 1, 2);
  expect(readAll(table, 0, 12)).toEqual([2, 9, 2, 9, 0, 0]);
});

test("negative values take back what was added", () => {
  const table = tableOf(1);
  add(table, 0, 10, 1, 5);
  add(table, 0, 13, 1, 6);
  add(table, 0, 10, -1, -5);
  expect(readAll(table, 0, 13)).toEqual([1, 6, 1, 6, 0, 0]);
});

test("windows that end before they begin, or none at all, are refused", () => {
  expect(() => new TileTable([{ left: 3, right: 3 }], 1)).toThrow(RangeError);
  expect(() => new TileTable([], 1)).toThrow(RangeError);
});

const operation = fc.record({
  slot: fc.nat(2),
  step: fc.oneof(fc.nat(3), fc.nat(12), fc.nat(60)),
  back: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(25)),
  value: fc.nat(1000),
  kind: fc.constantFrom("add", "read", "restart", "undo"),
});

test("sums equal the definition under any order of tiles, reads, restarts and undone additions", () => {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 80 }), (operations) => {
      const rows = new SlotRows();
      let table = new TileTable(windows, 2, rows);
      rows.ensure(3);
      const entries: Entry[] = [];
      let clock = 0;
      for (const { slot, step, back, value, kind } of operations) {
        clock += step;
        const tile = clock - back;
        const hidden = Math.max(clock, ...entries.map((e) => e.tile)) - 20;
        expect(readAll(table, slot, tile, hidden)).toEqual(byDefinition(entries, slot, tile, hidden));
        if (kind === "add") {
          add(table, slot, tile, 1, value);
          entries.push({ slot, tile, value });
        }
        if (kind === "undo") {
          const saved: TileCapture = table.capture(slot);
          for (let i = 0; i < 5; i++) add(table, slot, tile + i * 9, 1, value);
          table.restore(slot, saved);
        }
        if (kind === "restart") {
          const copy = new SlotRows();
          const restarted = new TileTable(windows, 2, copy);
          copy.data = rows.data.slice();
          restarted.fromState(table.toState());
          table = restarted;
          rows.data = copy.data;
          rebind(rows, copy);
        }
      }
    }),
    { numRuns: 300 },
  );

  /** Later captures and reads go through the restarted table's own rows. */
  function rebind(old: SlotRows, fresh: SlotRows): void {
    Object.defineProperty(old, "data", {
      get: () => fresh.data,
      configurable: true,
      set: (d) => {
        fresh.data = d;
      },
    });
  }
});

test("storage stays bounded however long a slot lives", () => {
  const table = tableOf(1);
  for (let tile = 0; tile < 20_000; tile++) add(table, 0, tile, 1, 1);
  expect(table.toState().used).toBeLessThanOrEqual(2 + 4 + 8 + 16 + 32 + 64);
});

test("a cleared slot begins anew", () => {
  const table = tableOf(2);
  add(table, 0, 10, 1, 5);
  add(table, 1, 10, 1, 8);
  table.clear(0);
  expect(readAll(table, 0, 10)).toEqual([0, 0, 0, 0, 0, 0]);
  add(table, 0, 3, 1, 4);
  expect(readAll(table, 0, 3)).toEqual([1, 4, 1, 4, 0, 0]);
  expect(readAll(table, 1, 10)).toEqual([1, 8, 1, 8, 0, 0]);
});
