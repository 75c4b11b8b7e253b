import { expect, test } from "vitest";
import { BigPayments } from "./big-payments.ts";
import { SlotRows } from "./slot-rows.ts";
import { TileTable } from "./tile-table.ts";

const HOUR_MS = 3_600_000;
const span = { left: 720, right: 0, tileMs: HOUR_MS };
const when = (hour: number) => ({ atMs: hour * HOUR_MS, nowMs: hour * HOUR_MS, settledMs: hour * HOUR_MS });

function setUp(): { payments: TileTable; bigs: TileTable; big: BigPayments } {
  const rows = new SlotRows();
  const payments = new TileTable(
    [
      { left: 24, right: 0 },
      { left: 720, right: 0 },
    ],
    2,
    rows,
  );
  const bigs = new TileTable([{ left: 720, right: 0 }], 1, rows);
  rows.ensure(1);
  const tables = [
    { tally: "payments", tileMs: HOUR_MS, tiles: payments },
    { tally: "bigs", tileMs: HOUR_MS, tiles: bigs },
  ] as const;
  return { payments, bigs, big: new BigPayments(span, tables) };
}

test("a payment is big above three times the mean of 30 days, and never the first one", () => {
  const { payments, big } = setUp();
  expect(big.isBig(0, 1_000_000, when(1000))).toBe(false);
  payments.add(0, 1000, Float64Array.of(1, 500), 0);
  payments.add(0, 1100, Float64Array.of(1, 1500), 0);
  expect(big.isBig(0, 3000, when(1100))).toBe(false);
  expect(big.isBig(0, 3001, when(1100))).toBe(true);
  expect(big.isBig(0, 3001, when(1719))).toBe(true);
  expect(big.isBig(0, 3001, when(1720))).toBe(false); // the smaller one has left
  expect(big.isBig(0, 4501, when(1720))).toBe(true);
  expect(big.isBig(0, 1_000_000, when(1820))).toBe(false);
});

test("big payments are counted in tiles of their own", () => {
  const { bigs, big } = setUp();
  big.add(0, when(1000));
  big.add(0, when(1000));
  const out = new Float64Array(1);
  bigs.read(0, 1719, 0, out, 0);
  expect(out[0]).toBe(2);
  bigs.read(0, 1720, 0, out, 0);
  expect(out[0]).toBe(0);
});

test("a missing table is refused", () => {
  expect(() => new BigPayments(span, [])).toThrow("a table of payments");
});
