import fc from "fast-check";
import { expect, test } from "vitest";
import { SlotRows } from "./slot-rows.ts";
import { HEAD, HEAD_CELLS } from "./state-plan.ts";
import { TileFacts } from "./tile-facts.ts";
import { TileTable } from "./tile-table.ts";

const TILE_MS = 1000;
const judged = { left: 37, right: 7, tileMs: TILE_MS };
const recent = { left: 30, right: 0, tileMs: TILE_MS };

type Tile = { readonly tile: number; readonly payments: number; readonly frauds: number };

function loadAt(tiles: readonly Tile[], tile: number): Float64Array {
  const rows = new SlotRows();
  const payments = new TileTable([judged, recent], 1, rows);
  const frauds = new TileTable([judged, recent], 1, rows);
  rows.ensure(1);
  for (const t of tiles) {
    payments.add(0, t.tile, Float64Array.of(t.payments), -100);
    if (t.frauds > 0) {
      // A label that is taken back leaves an empty tile behind, as a correction does.
      frauds.add(0, t.tile, Float64Array.of(t.frauds + 1), -100);
      frauds.add(0, t.tile, Float64Array.of(-1), -100);
    } else {
      frauds.add(0, t.tile, Float64Array.of(1), -100);
      frauds.add(0, t.tile, Float64Array.of(-1), -100);
    }
  }
  const facts = new TileFacts({ run: judged, streak: recent, big: null }, [
    { tally: "payments", tileMs: TILE_MS, tiles: payments },
    { tally: "frauds", tileMs: TILE_MS, tiles: frauds },
  ]);
  const frame = new Float64Array(HEAD_CELLS).fill(Number.NaN);
  facts.load(0, { atMs: tile * TILE_MS + 500, nowMs: tile * TILE_MS + 500 }, frame, 0);
  return frame;
}

const arbitraryTiles = fc
  .uniqueArray(
    fc.record({
      tile: fc.integer({ min: 0, max: 60 }),
      payments: fc.integer({ min: 1, max: 3 }),
      share: fc.nat(3),
    }),
    { selector: (t) => t.tile, maxLength: 25 },
  )
  .map((tiles) =>
    tiles.map(({ tile, payments, share }) => ({
      tile,
      payments,
      frauds: share === 0 ? payments - 1 : payments,
    })),
  );

test("the run, its beginning and what stopped it, tile by tile", () => {
  fc.assert(
    fc.property(arbitraryTiles, fc.integer({ min: 0, max: 80 }), (tiles, now) => {
      const frame = loadAt(tiles, now);
      const back = tiles
        .filter((t) => t.tile <= now - 7 && t.tile > now - 37)
        .toSorted((a, b) => b.tile - a.tile);
      const end = back.findIndex((t) => t.frauds < t.payments);
      const run = end < 0 ? back : back.slice(0, end);
      expect([...frame.slice(HEAD.run, HEAD.run + 3)]).toEqual([
        run.reduce((total, t) => total + t.payments, 0),
        (run.at(-1)?.tile ?? Number.NaN) * TILE_MS,
        (back[end]?.tile ?? Number.NaN) * TILE_MS,
      ]);
      const frauds = tiles
        .filter((t) => t.frauds > 0 && t.tile <= now && t.tile > now - 30)
        .map((t) => t.tile);
      expect([...frame.slice(HEAD.streak, HEAD.streak + 2)]).toEqual(
        frauds.length === 0
          ? [Number.NaN, Number.NaN]
          : [Math.min(...frauds) * TILE_MS, Math.max(...frauds) * TILE_MS],
      );
      expect(frame[HEAD.big]).toBeNaN();
    }),
  );
});

test("a fact whose table is missing is refused", () => {
  expect(() => new TileFacts({ run: judged, streak: null, big: null }, [])).toThrow("no table of payments");
});
