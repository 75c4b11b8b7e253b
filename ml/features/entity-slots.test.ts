import { expect, test } from "vitest";
import { EntitySlots } from "./entity-slots.ts";
import { SlotRows } from "./slot-rows.ts";

test("an id keeps its slot until it is removed, and the slot is used again", () => {
  const slots = new EntitySlots();
  expect(slots.find("a")).toBe(-1);
  expect([slots.add("a"), slots.add("b")]).toEqual([0, 1]);
  slots.remove(0);
  expect([slots.find("a"), slots.find("b"), slots.size, slots.inUse(0)]).toEqual([-1, 1, 1, false]);
  expect(slots.add("c")).toBe(0);
  expect([slots.bound, slots.inUse(0)]).toEqual([2, true]);
});

test("removing a slot twice frees it once", () => {
  const slots = new EntitySlots();
  slots.add("a");
  slots.remove(0);
  slots.remove(0);
  expect([slots.add("b"), slots.add("c")]).toEqual([0, 1]);
});

test("restored slots find every id again", () => {
  const slots = new EntitySlots();
  for (const id of ["a", "b", "c"]) slots.add(id);
  slots.remove(1);
  const restored = new EntitySlots();
  restored.fromState(slots.toState());
  expect(["a", "b", "c"].map((id) => restored.find(id))).toEqual([0, -1, 2]);
  expect(restored.add("d")).toBe(1);
});

test("rows grow without losing what they hold", () => {
  const rows = new SlotRows();
  const [first, second] = [rows.reserve(2), rows.reserve(3)];
  expect([first, second, rows.width]).toEqual([0, 2, 5]);
  rows.ensure(1);
  rows.data.set([1, 2, 3, 4, 5]);
  rows.ensure(5000);
  expect([...rows.copy(0, second, 3)]).toEqual([3, 4, 5]);
  expect([...rows.copy(4999, 0, 5)]).toEqual([0, 0, 0, 0, 0]);
  expect(() => rows.reserve(1)).toThrow("before the first row");
});
