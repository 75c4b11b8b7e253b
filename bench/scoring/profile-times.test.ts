import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { type CpuProfile, selfTimes } from "./profile-times.ts";

const urlOf = (path: string): string => pathToFileURL(resolve(import.meta.dirname, "../..", path)).href;
const node = (id: number, functionName: string, path: string): CpuProfile["nodes"][number] => ({
  id,
  callFrame: {
    functionName,
    url: path === "" || path.startsWith("node:") ? path : urlOf(path),
    lineNumber: 9,
  },
});

const profile: CpuProfile = {
  startTime: 5_000_000,
  nodes: [
    node(1, "(idle)", ""),
    node(2, "decide", "server/scoring/decision.ts"),
    node(3, "", "server/scoring/decision.ts"),
    node(4, "parse", "node_modules/zod/v4/core/parse.js"),
    node(5, "(garbage collector)", ""),
    node(6, "writev", "node:net"),
  ],
  samples: [1, 2, 3, 2, 4, 5, 6],
  timeDeltas: [0, 1_000, 2_000, 500, 4_000, 1_500, 250],
};
const all = { from: 0, to: Number.POSITIVE_INFINITY };

test("a sample's time lasts until the next one, and idle time is not counted as busy", () => {
  const { totalMs, busyMs, byFunction } = selfTimes(profile, all);
  expect(totalMs).toBeCloseTo(9.25, 9);
  expect(busyMs).toBeCloseTo(8.25, 9);
  expect(byFunction.slice(0, 3)).toEqual([
    ["decide  server/scoring/decision.ts:10", 6],
    ["parse  node_modules/zod:10", 1.5],
    ["(anonymous)  server/scoring/decision.ts:10", 0.5],
  ]);
});

test("files of ours come by path, packages by name, and what has no file by what it is", () => {
  const byFile = Object.fromEntries(selfTimes(profile, all).byFile);
  expect(byFile).toEqual({
    "server/scoring/decision.ts": 6.5,
    "node_modules/zod": 1.5,
    "(garbage collector)": 0.25,
    "node:net": 0,
  });
});

test("a window leaves out what was sampled before and after it", () => {
  expect(selfTimes(profile, { from: 0.0035, to: 0.0075 }).byFunction).toEqual([
    ["decide  server/scoring/decision.ts:10", 4],
  ]);
});
