import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startTrainingChild, type TrainingChild } from "./training-child.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-child-"));
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
});
afterAll(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

function start(program: string): TrainingChild {
  const file = join(folder, `${Math.random()}.mjs`);
  writeFileSync(file, program);
  return startTrainingChild(file, "run-7", process.env);
}

test("a process that ends well has no failure", async () => {
  const child = start(
    "if (process.argv[2] !== 'run-7' || !process.connected) process.exit(3); process.disconnect()",
  );
  expect(await child.ended).toEqual({ failure: null });
});

test("a process that fails is described by its code and last words", async () => {
  const child = start("process.stderr.write('first\\nthe last words\\n'); process.exitCode = 3");
  expect(await child.ended).toEqual({ failure: "ended with code 3: the last words" });
});

test("a killed process is named as such, with the likely reason", async () => {
  const child = start("setInterval(() => {}, 1000)");
  await sleep(50);
  child.kill("SIGKILL");
  expect((await child.ended).failure).toBe("was killed (SIGKILL); perhaps the machine ran out of memory");
});

test("a program that is not there is a failure, not a crash", async () => {
  const child = startTrainingChild(join(folder, "absent.mjs"), "run-7", process.env);
  expect((await child.ended).failure).toContain("ended with code 1");
});
