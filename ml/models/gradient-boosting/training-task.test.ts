import { expect, test } from "vitest";
import { noBounds } from "./bounded-split.ts";
import { binnedMemory } from "./testing/binned-memory.ts";
import { noisyRows } from "./testing/training-rows.ts";
import { trainingMemory } from "./training-memory.ts";
import { foundSplit, runTask, type TrainingTask } from "./training-task.ts";
import { soloTeam } from "./training-team.ts";

const rows = noisyRows(400, 6);

/** What so many shares of tasks find, one after the other in a falling order of threads. */
function shared(tasks: readonly TrainingTask[], threads: number) {
  const { memory, scale } = binnedMemory(rows);
  const work = { ...memory, records: new Float64Array(threads * 16), histograms: new Float64Array(20_000) };
  for (const task of tasks) {
    for (let index = threads - 1; index >= 0; index--) {
      runTask(work, "scale" in task ? { ...task, scale } : task, { index, of: threads });
    }
  }
  return { work, found: [foundSplit(work, 0, threads), foundSplit(work, 1, threads)] };
}

const scale = { gradient: 1, hessian: 1 };
const root: TrainingTask = { kind: "root", slot: 0, rows: { from: 0, to: 400 }, scale };
const children: TrainingTask = {
  kind: "children",
  parent: 0,
  child: 1,
  rows: { from: 0, to: 150 },
  scale,
  parentBounds: noBounds,
  childBounds: noBounds,
};

test.each([2, 3, 4, 7])("%d shares of a root find the split that one finds", (threads) => {
  const alone = shared([root], 1).found[0];
  expect(alone).not.toBeNull();
  expect(shared([root], threads).found[0]).toEqual(alone);
});

test.each([2, 4])("%d shares of two children find the splits that one finds", (threads) => {
  expect(shared([root, children], threads).found).toEqual(shared([root, children], 1).found);
});

test("the child that is not counted is found as if it were", () => {
  const { found } = shared([root, children], 1);
  const counted = shared([{ ...root, rows: { from: 150, to: 400 } }], 1);
  expect(found[0]).toEqual(counted.found[0]);
});

test("a node without a split worth its gain has none, by whichever thread", () => {
  const nothing = shared([{ ...root, rows: { from: 7, to: 8 } }], 3);
  expect(nothing.found[0]).toBeNull();
});

test("shares of binning and gradients cover all columns and rows", () => {
  const many = noisyRows(10_000, 2);
  const { memory } = binnedMemory(many);
  const other = trainingMemory(many, memory.options, 1);
  other.chunk.set(many.features.subarray(0, other.chunk.length));
  other.chunkLabels.set(many.labels.subarray(0, other.chunkLabels.length));
  const tasks: TrainingTask[] = [
    { kind: "cuts", rows: 10_000 },
    { kind: "codes", from: 0, rows: 10_000 },
  ];
  for (const task of tasks) for (const index of [2, 0, 1]) runTask(other, task, { index, of: 3 });
  expect(other.cuts).toEqual(memory.cuts);
  expect(other.codes).toEqual(memory.codes);
});

test("one thread alone does a task at once, and has nothing to close", async () => {
  const { memory, scale: own } = binnedMemory(rows);
  const team = soloTeam(memory);
  expect(team.run({ ...root, scale: own })).toBe(1);
  expect(foundSplit(memory, 0, 1)).toEqual(shared([root], 1).found[0]);
  await expect(team.close()).resolves.toBeUndefined();
});
