import fc from "fast-check";
import { expect, test } from "vitest";
import { haversineKm, PlaceTable } from "./place-table.ts";
import { SlotRows } from "./slot-rows.ts";

function tableOf(): PlaceTable {
  const rows = new SlotRows();
  const table = new PlaceTable(rows);
  rows.ensure(2);
  table.clear(0);
  return table;
}

function placeOf(table: PlaceTable): number[] {
  const out = new Float64Array(3);
  table.read(0, out, 0);
  return [...out];
}

test("Berlin to Paris is 878 km", () => {
  expect(haversineKm(52.52, 13.405, 48.8566, 2.3522)).toBeCloseTo(877.5, 0);
});

test("distance is zero to itself, symmetric, and never more than half the globe", () => {
  const latitude = fc.double({ min: -90, max: 90, noNaN: true });
  const longitude = fc.double({ min: -180, max: 180, noNaN: true });
  fc.assert(
    fc.property(latitude, longitude, latitude, longitude, (a, b, c, d) => {
      expect(haversineKm(a, b, a, b)).toBe(0);
      expect(haversineKm(a, b, c, d)).toBeCloseTo(haversineKm(c, d, a, b), 6);
      expect(haversineKm(a, b, c, d)).toBeLessThanOrEqual(Math.PI * 6371.0089);
    }),
  );
});

test("a place not known makes the distance unknown", () => {
  expect(haversineKm(Number.NaN, 1, 2, 3)).toBeNaN();
});

test("a new slot has no place; the latest one by time stays, equal times by arrival", () => {
  const table = tableOf();
  expect(placeOf(table)).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  table.set(0, 1, 2, 100);
  table.set(0, 3, 4, 99);
  expect(placeOf(table)).toEqual([1, 2, 100]);
  table.set(0, 5, 6, 100);
  expect(placeOf(table)).toEqual([5, 6, 100]);
});
