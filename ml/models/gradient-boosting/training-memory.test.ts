import { expect, test } from "vitest";
import { gradientBoostingDefaults } from "./options.ts";
import { noisyRows } from "./testing/training-rows.ts";
import { codeCountOf, cutsOf, leafLimit, trainingMemory } from "./training-memory.ts";

const rows = { ...noisyRows(100, 1), weights: new Float64Array(100).fill(2) };

test("one thread has memory of its own, several share theirs", () => {
  for (const threads of [1, 2]) {
    const memory = trainingMemory(rows, gradientBoostingDefaults, threads);
    const kind = threads > 1 ? SharedArrayBuffer : ArrayBuffer;
    const arrays = Object.values(memory).filter((value) => ArrayBuffer.isView(value));
    expect(arrays.length).toBeGreaterThan(12);
    for (const { buffer } of arrays) expect(buffer).toBeInstanceOf(kind);
  }
});

test("labels and weights are copied, and weights stay absent where there are none", () => {
  const memory = trainingMemory(rows, gradientBoostingDefaults, 2);
  expect([...memory.labels]).toEqual([...rows.labels]);
  expect(memory.weights?.[99]).toBe(2);
  expect(trainingMemory({ ...rows, weights: null }, gradientBoostingDefaults, 1).weights).toBeNull();
});

test("there is a slot for each leaf that can wait, depth-wise one a level", () => {
  const slotsOf = (changes: object): number =>
    trainingMemory(rows, { ...gradientBoostingDefaults, ...changes }, 1).slots;
  expect(slotsOf({ maxDepth: 6 })).toBe(8);
  expect(slotsOf({ growth: "leaf", maxLeaves: 31, maxDepth: 20 })).toBe(33);
});

test("leaves are limited by depth and by number", () => {
  expect(leafLimit({ ...gradientBoostingDefaults, maxDepth: 3 })).toBe(8);
  expect(leafLimit({ ...gradientBoostingDefaults, maxDepth: 3, maxLeaves: 5 })).toBe(5);
});

test("cuts of a column are those before the infinities that fill its room", () => {
  const memory = trainingMemory(rows, gradientBoostingDefaults, 1);
  memory.cuts.set([1, 2], 255);
  memory.cutCounts[1] = 2;
  memory.hasMissing[1] = 1;
  expect([...cutsOf(memory, 1)]).toEqual([1, 2]);
  expect(memory.cuts[257]).toBe(Number.POSITIVE_INFINITY);
  expect(codeCountOf(memory, 1)).toBe(4);
  expect(codeCountOf(memory, 0)).toBe(1);
});
