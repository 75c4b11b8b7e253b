import { setTimeout as sleep } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { createRng } from "#ml/math/seeded-random.ts";
import { fitMembers, type MembersFit } from "./fit-members.ts";
import { fitNetwork, type NetworkRows } from "./fit-network.ts";
import { neuralNetworkDefaults } from "./options.ts";
import { start } from "./tensorflow-backend.ts";

vi.setConfig({ testTimeout: 60_000 });

function rowsOf(rows: number, seed: string): NetworkRows {
  const rng = createRng(seed);
  const inputs = new Float32Array(new SharedArrayBuffer(rows * 8)).map(() => rng.normal());
  const labels = Uint8Array.from({ length: rows }, (_, i) => Number((inputs[2 * i] ?? 0) > 1));
  return { width: 2, rows, inputs, labels, weights: null };
}

const options = {
  ...neuralNetworkDefaults,
  hidden: [4],
  members: 3,
  epochs: 2,
  patience: null,
  batchSize: 64,
};
const work = (changes: Partial<MembersFit> = {}): MembersFit => ({
  training: rowsOf(400, "train"),
  validation: rowsOf(100, "validation"),
  options,
  seed: "members",
  signal: null,
  onEpoch: () => {},
  ...changes,
});
const endless = { ...options, members: 2, epochs: 10_000 };

test("members are the same on one thread, on two and in this one, and each epoch is told", async () => {
  const told: string[] = [];
  const onEpoch = (member: number, epoch: number): void => {
    told.push(`${member}:${epoch}`);
  };
  const [one, two] = [
    await fitMembers(work({ threads: 1, onEpoch })),
    await fitMembers(work({ threads: 2 })),
  ];
  expect(told).toEqual(["0:1", "0:2", "1:1", "1:2", "2:1", "2:2"]);
  expect(two).toEqual(one);
  expect(one).toHaveLength(3);
  const wasm = await start(["wasm"]);
  if (one[0]?.trainedWith.endsWith("wasm") !== true) return;
  const here = fitNetwork(wasm, { ...work(), seed: "members:1", onEpoch: () => {} });
  expect(one[1]?.network).toEqual(here.network);
});

test("the caller's event loop turns while the threads train", async () => {
  let isDone = false;
  const fit = fitMembers(work({ options: { ...options, epochs: 20 } })).finally(() => {
    isDone = true;
  });
  let turns = 0;
  while (!isDone) {
    await sleep(1);
    turns++;
  }
  await fit;
  expect(turns).toBeGreaterThan(20);
});

test("an abort ends the threads at once with its reason", async () => {
  const controller = new AbortController();
  const onEpoch = (): void => controller.abort(new Error("stopped by hand"));
  const fit = fitMembers(work({ options: endless, signal: controller.signal, onEpoch }));
  await expect(fit).rejects.toThrow("stopped by hand");
  await expect(fitMembers(work({ signal: controller.signal }))).rejects.toThrow("stopped by hand");
});

test("what a fit throws in its thread arrives here and ends the other thread", async () => {
  const validation = { ...rowsOf(90, "torn"), rows: 60, width: 3 };
  const watched = { ...endless, patience: 10 };
  await expect(fitMembers(work({ validation, options: watched }))).rejects.toThrow("matMul");
});

test("an error of the listener ends the fit with it", async () => {
  const onEpoch = (): void => {
    throw new RangeError("cannot write progress");
  };
  await expect(fitMembers(work({ options: endless, onEpoch }))).rejects.toThrow("cannot write progress");
});

test("rows that no thread can take are said to have kept it from starting", async () => {
  const broken = { ...rowsOf(10, "broken"), labels: (() => 1) as unknown as Uint8Array };
  await expect(fitMembers(work({ training: broken }))).rejects.toThrow("did not start");
});
