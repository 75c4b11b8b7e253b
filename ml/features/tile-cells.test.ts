import fc from "fast-check";
import { expect, test } from "vitest";
import { SlotRows } from "./slot-rows.ts";
import { TileTable } from "./tile-table.ts";

const windows = [{ left: 30, right: 0 }];

function tableOf(tiles: readonly { readonly tile: number; readonly count: number }[]): TileTable {
  const rows = new SlotRows();
  const table = new TileTable(windows, 2, rows);
  rows.ensure(2);
  for (const { tile, count } of tiles) table.add(1, tile, Float64Array.of(count, 7), -100);
  return table;
}

const entry = fc.record({ tile: fc.nat(60), count: fc.integer({ min: 1, max: 9 }) });

test("the newest cell at or before a tile, and what its tile counts alone", () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 30 }), fc.nat(70), (entries, tile) => {
      const { cells } = tableOf(entries);
      const sums = new Map<number, number>();
      for (const { tile: at, count } of entries) sums.set(at, (sums.get(at) ?? 0) + count);
      const known = [...sums.keys()].filter((at) => at <= tile).toSorted((a, b) => a - b);
      const newest = cells.newest(1, tile);
      expect(cells.newest(0, tile)).toBe(-1);
      if (known.length === 0) {
        expect(newest).toBe(-1);
        return;
      }
      const first = cells.first(1);
      const read = known.map((_, i) => [cells.tile(first + i), cells.count(first, first + i, first + i)]);
      expect(read).toEqual(known.map((at) => [at, sums.get(at)]));
      expect(newest).toBe(first + known.length - 1);
      expect(cells.count(first, first, newest)).toBe(
        known.reduce((total, at) => total + (sums.get(at) ?? 0), 0),
      );
    }),
  );
});
