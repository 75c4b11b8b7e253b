import fc from "fast-check";
import { expect, test } from "vitest";
import { SlotRows } from "./slot-rows.ts";
import { copyState, keptFloats } from "./testing/copy-state.ts";
import { TileTable, type TileWindow } from "./tile-table.ts";

const windows: readonly TileWindow[] = [
  { left: 5, right: 0 },
  { left: 20, right: 0 },
  { left: 15, right: 7 },
];

function shared(slots: number): { rows: SlotRows; table: TileTable } {
  const rows = new SlotRows();
  const table = new TileTable(windows, 2, rows);
  rows.endLogged();
  rows.ensure(slots);
  return { rows, table };
}

const tableOf = (slots: number): TileTable => shared(slots).table;

function readAll(table: TileTable, slot: number, tile: number, hidden = tile - 20): number[] {
  const out = new Float64Array(windows.length * 2);
  table.read(slot, tile, hidden, out, 0);
  return [...out];
}

function add(
  table: TileTable,
  slot: number,
  tile: number,
  values: readonly number[],
  forgotten = -1000,
): void {
  table.add(slot, tile, Float64Array.from(values), forgotten);
}

type Entry = { readonly slot: number; readonly tile: number; readonly value: number };

/** What the definition says: the entries inside each window. */
function byDefinition(entries: readonly Entry[], slot: number, tile: number, hidden: number): number[] {
  return windows.flatMap(({ left, right }) => {
    const inside = entries.filter(
      (e) => e.slot === slot && e.tile > Math.max(tile - left, hidden) && e.tile <= tile - right,
    );
    return [inside.length, inside.reduce((sum, e) => sum + e.value, 0)];
  });
}

test("a window counts from behind its left edge up to the tile itself", () => {
  const table = tableOf(1);
  for (const tile of [10, 14, 15]) add(table, 0, tile, [1, tile]);
  expect(readAll(table, 0, 15)).toEqual([2, 29, 3, 39, 0, 0]);
  expect(readAll(table, 0, 22)).toEqual([0, 0, 3, 39, 3, 39]);
  expect(readAll(table, 0, 40)).toEqual([0, 0, 0, 0, 0, 0]);
});

test("a slot without payments reads zeros", () => {
  expect(readAll(tableOf(1), 0, 99)).toEqual([0, 0, 0, 0, 0, 0]);
});

test("reading a far tile changes nothing that is read later", () => {
  const table = tableOf(1);
  add(table, 0, 10, [1, 7]);
  readAll(table, 0, 1000);
  expect(readAll(table, 0, 12)).toEqual([1, 7, 1, 7, 0, 0]);
  add(table, 0, 11, [1, 2]);
  expect(readAll(table, 0, 12)).toEqual([2, 9, 2, 9, 0, 0]);
});

test("negative values take back what was added", () => {
  const table = tableOf(1);
  add(table, 0, 10, [1, 5]);
  add(table, 0, 13, [1, 6]);
  add(table, 0, 10, [-1, -5]);
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
      let { rows, table } = shared(3);
      const entries: Entry[] = [];
      let clock = 0;
      for (const { slot, step, back, value, kind } of operations) {
        const settled = clock;
        clock += step;
        const tile = clock - back;
        expect(readAll(table, slot, tile, clock - 20)).toEqual(byDefinition(entries, slot, tile, clock - 20));
        if (kind === "add" && tile > settled - 20) {
          add(table, slot, tile, [1, value], settled - 20);
          entries.push({ slot, tile, value });
        }
        if (kind === "undo") {
          rows.begin();
          table.begin();
          for (let i = 0; i < 12; i++) {
            rows.touch(slot);
            add(table, slot, tile + ((i * 5) % 60), [1, value], settled - 20);
          }
          readAll(table, slot, tile + 70);
          table.rollback();
          rows.rollback(() => {});
        }
        if (kind === "restart") {
          const restarted = shared(0);
          restarted.rows.load(rows.data.slice());
          copyState(table, restarted.table);
          ({ rows, table } = restarted);
        }
      }
    }),
    { numRuns: 300 },
  );
});

test("a batch that commits counts like additions outside one", () => {
  const { rows, table } = shared(1);
  const plain = tableOf(1);
  for (let tile = 0; tile < 500; tile += 10) {
    rows.begin();
    table.begin();
    for (let i = 0; i < 10; i++) {
      rows.touch(0);
      for (const t of [table, plain]) add(t, 0, tile + i, [1, i], tile - 20);
    }
    table.commit();
    expect(readAll(table, 0, tile + 12)).toEqual(readAll(plain, 0, tile + 12));
  }
  expect(keptFloats(table) / 3).toBeLessThanOrEqual(4 * (2 + 4 + 8 + 16 + 32 + 64));
});

test("storage stays bounded however long a slot lives", () => {
  const table = tableOf(1);
  for (let tile = 0; tile < 20_000; tile++) add(table, 0, tile, [1, 1], tile - 21);
  expect(keptFloats(table) / 3).toBeLessThanOrEqual(2 + 4 + 8 + 16 + 32);
  expect(readAll(table, 0, 19_999)).toEqual([5, 5, 20, 20, 8, 8]);
});

test("tiles that nobody will read again are not kept", () => {
  const table = tableOf(1);
  add(table, 0, 50, [1, 1], 29);
  add(table, 0, 29, [1, 1], 29);
  expect(readAll(table, 0, 30, 0)).toEqual([0, 0, 0, 0, 0, 0]);
});

test("a cleared slot begins anew", () => {
  const table = tableOf(2);
  add(table, 0, 10, [1, 5]);
  add(table, 1, 10, [1, 8]);
  table.clear(0);
  expect(readAll(table, 0, 10)).toEqual([0, 0, 0, 0, 0, 0]);
  add(table, 0, 3, [1, 4]);
  expect(readAll(table, 0, 3)).toEqual([1, 4, 1, 4, 0, 0]);
  expect(readAll(table, 1, 10)).toEqual([1, 8, 1, 8, 0, 0]);
});
