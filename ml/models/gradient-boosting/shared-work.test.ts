import { expect, test } from "vitest";
import { gradientBoostingDefaults } from "./options.ts";
import { readTask, Signal, sharedWork, waitForChange, writeTask } from "./shared-work.ts";
import { noRows } from "./testing/training-rows.ts";
import { trainingMemory } from "./training-memory.ts";
import type { TrainingTask } from "./training-task.ts";

const scale = { gradient: 2 ** 20, hessian: 2 ** 30 };
const bounds = { low: Number.NEGATIVE_INFINITY, high: 0.25 };

test.each<TrainingTask>([
  { kind: "cuts", rows: 12 },
  { kind: "codes", from: 4096, rows: 17 },
  { kind: "gradients", round: 3, scale },
  { kind: "root", slot: 5, rows: { from: 0, to: 99 }, scale },
  {
    kind: "children",
    parent: 1,
    child: 2,
    rows: { from: 3, to: 4 },
    scale,
    parentBounds: bounds,
    childBounds: bounds,
  },
])("a task of kind $kind survives its numbers", (task) => {
  const { task: numbers } = sharedWork(trainingMemory(noRows(1), gradientBoostingDefaults, 1));
  writeTask(numbers, task);
  expect(readTask(numbers)).toEqual(task);
});

test("numbers of no task are refused", () => {
  expect(() => readTask(Float64Array.of(9))).toThrow("unknown");
});

test("a wait ends at once when the signal has changed, else when its time is over", () => {
  const signals = Int32Array.from([7]);
  const shared = new Int32Array(new SharedArrayBuffer(4));
  expect(waitForChange(signals, Signal.task, 3)).toBe(7);
  expect(waitForChange(shared, Signal.task, 0, 1)).toBe(0);
});
