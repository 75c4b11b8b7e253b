import fc from "fast-check";
import { expect, test } from "vitest";
import { EntitySlots } from "./entity-slots.ts";
import { SlotRows } from "./slot-rows.ts";
import { copyState } from "./testing/copy-state.ts";

test("an id keeps its slot until it is removed, and the slot is used again", () => {
  const slots = new EntitySlots(new SlotRows());
  expect(slots.find(1, 2)).toBe(-1);
  expect([slots.add(1, 2), slots.add(2, 1)]).toEqual([0, 1]);
  slots.remove(0);
  expect([slots.find(1, 2), slots.find(2, 1), slots.size]).toEqual([-1, 1, 1]);
  expect([slots.add(3, 3), slots.bound]).toEqual([0, 2]);
});

test("removing a slot twice frees it once", () => {
  const slots = new EntitySlots(new SlotRows());
  slots.add(1, 1);
  slots.remove(0);
  slots.remove(0);
  expect([slots.add(2, 2), slots.add(3, 3)]).toEqual([0, 1]);
});

test("slots answer as a map would, under growth, removal and colliding places", () => {
  const step = fc.record({ high: fc.nat(3), low: fc.integer({ min: -3, max: 400 }), remove: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 900 }), fc.boolean(), (steps, crowd) => {
      const rows = new SlotRows();
      const slots = new EntitySlots(rows);
      const map = new Map<string, number>();
      for (const { high, low, remove } of steps) {
        const half = crowd ? low * 4096 : low; // low bits alike: all ids want the same place
        const key = `${high}:${half}`;
        const slot = slots.find(high, half);
        expect(slot).toBe(map.get(key) ?? -1);
        if (slot < 0) map.set(key, slots.add(high, half));
        else if (remove) {
          slots.remove(slot);
          map.delete(key);
        }
      }
      expect(slots.size).toBe(map.size);
      expect([...slots.used()]).toEqual([...map.values()].toSorted((a, b) => a - b));
    }),
    { numRuns: 40 },
  );
});

test("restored slots find every id again", () => {
  const rows = new SlotRows();
  const slots = new EntitySlots(rows);
  for (let id = 0; id < 3; id++) slots.add(id, id);
  slots.remove(1);
  const copy = new SlotRows();
  const restored = new EntitySlots(copy);
  copy.load(rows.data.slice());
  copyState(slots, restored);
  expect([0, 1, 2].map((id) => restored.find(id, id))).toEqual([0, -1, 2]);
  expect(restored.add(4, 4)).toBe(1);
});

test("rows grow without losing what they hold", () => {
  const rows = new SlotRows();
  const [first, second] = [rows.reserve(2), rows.reserveInts(3)];
  expect([first, second, rows.width]).toEqual([0, 2, 4]);
  rows.ensure(1);
  rows.data.set([1, 2]);
  rows.ints.set([7, 8, 9], 4);
  rows.ensure(5000);
  expect([...rows.data.subarray(0, 2), ...rows.ints.subarray(4, 7)]).toEqual([1, 2, 7, 8, 9]);
  expect([...rows.ints.subarray(4999 * 8, 5000 * 8)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  expect(() => rows.reserve(1)).toThrow("before the first row");
});

test("a batch's rows come back bit for bit, the columns that are not logged stay", () => {
  const rows = new SlotRows();
  rows.reserve(2);
  rows.endLogged();
  rows.reserve(1);
  rows.ensure(400);
  const bits = [0x7ff00001, -1, 5, 0x7ff80003];
  for (let slot = 0; slot < 400; slot++) rows.ints.set(bits, slot * 6);
  rows.begin();
  for (let slot = 0; slot < 400; slot++) {
    for (const value of [4, 5]) {
      rows.touch(slot);
      rows.data.fill(value, slot * 3, slot * 3 + 3);
    }
  }
  const told: number[] = [];
  rows.rollback((slot) => told.push(slot));
  expect(told).toHaveLength(800);
  for (let slot = 0; slot < 400; slot++) {
    expect([...rows.ints.subarray(slot * 6, slot * 6 + 4)]).toEqual(bits);
    expect(rows.data[slot * 3 + 2]).toBe(5);
  }
});
