import { expect, test } from "vitest";
import { type ForestFit, fitForest } from "./fit-forest.ts";
import { forestToBytes } from "./forest-binary.ts";
import { gradientBoostingDefaults } from "./options.ts";
import { noisyRows } from "./testing/training-rows.ts";
import { threadTeam } from "./thread-team.ts";
import { trainingMemory } from "./training-memory.ts";

const [training, validation] = [noisyRows(20_000, 1), noisyRows(500, 2)];
const options = { ...gradientBoostingDefaults, rounds: 5, rowSample: 0.9, columnSample: 0.8 };
const boost = (changes: Partial<ForestFit> & Pick<ForestFit, "options">) =>
  fitForest({
    training,
    validation,
    seed: 3,
    signal: null,
    onRound: () => {},
    leastShared: 0,
    ...changes,
  }).then(({ forest }) => forest);

test("any number of threads grows the same trees, byte for byte", async () => {
  const alone = forestToBytes(await boost({ options }));
  for (const threads of [2, 3, 6]) {
    expect(forestToBytes(await boost({ options: { ...options, threads } }))).toEqual(alone);
  }
});

test("so do leaf-wise trees with constraints, weights and the focal loss", async () => {
  const weights = Float64Array.from({ length: training.rows }, (_, row) => 1 + (row % 3));
  const changes = { growth: "leaf", maxLeaves: 12, monotone: [1, 0, 0, -1], loss: "focal" } as const;
  const grown = async (threads: number) =>
    forestToBytes(
      await boost({ training: { ...training, weights }, options: { ...options, ...changes, threads } }),
    );
  expect(await grown(2)).toEqual(await grown(1));
});

test("an abort rejects with its reason and ends the threads", async () => {
  const controller = new AbortController();
  const onRound = (round: number): void => {
    if (round === 2) controller.abort(new Error("enough"));
  };
  const before = process.getActiveResourcesInfo().filter((name) => name === "Worker").length;
  const aborted = boost({
    options: { ...options, threads: 2, rounds: 50 },
    signal: controller.signal,
    onRound,
  });
  await expect(aborted).rejects.toThrow("enough");
  const after = process.getActiveResourcesInfo().filter((name) => name === "Worker").length;
  expect(after).toBe(before);
});

test("a share that fails in another thread fails the task", async () => {
  const narrow = { ...training, width: 1, rows: 10 };
  const team = threadTeam(trainingMemory(narrow, options, 2));
  try {
    // Of one column, the second thread has all.
    expect(() => team.run({ kind: "cuts", rows: -1 })).toThrow("a training thread failed");
  } finally {
    await team.close();
  }
});
