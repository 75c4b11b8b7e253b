import { expect, test } from "vitest";
import { memoryOf, parseStat, usageOfTree } from "./process-usage.ts";

test("a name with brackets and spaces does not shift the fields", () => {
  const text = "42 (a) b (c)) S 7 42 42 0 -1 4194304 100 0 0 0 11 22 33 44 20 0 1 0 5000 1000 10";
  expect(parseStat(42, text)).toEqual({ pid: 42, parent: 7, ticks: 110 });
});

test.runIf(process.platform === "linux")(
  "this process has used time and memory, and one that is not has none",
  () => {
    const usage = usageOfTree(process.pid);
    expect(usage?.rssBytes).toBeGreaterThan(10_000_000);
    expect(usage?.cpuSeconds).toBeGreaterThan(0);
    expect(memoryOf(process.pid, "VmHWM")).toBeGreaterThan(10_000_000);
    expect(usageOfTree(2 ** 30)).toBeNull();
  },
);
