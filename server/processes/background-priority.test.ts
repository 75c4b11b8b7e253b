import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { expect, test } from "vitest";

const script = `
  import { readdirSync, readFileSync } from "node:fs";
  import { runInBackground } from ${JSON.stringify(resolve(import.meta.dirname, "background-priority.ts"))};
  runInBackground();
  const nice = (id) => Number(readFileSync("/proc/self/task/" + id + "/stat", "utf8").split(") ")[1].split(" ")[16]);
  console.log(JSON.stringify(readdirSync("/proc/self/task").map(nice)));`;

test.skipIf(process.platform !== "linux")("every thread of a process in the background is behind", () => {
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
  const niceness = JSON.parse(stdout) as number[];
  expect(niceness.length).toBeGreaterThan(1);
  expect(new Set(niceness)).toEqual(new Set([19]));
});
