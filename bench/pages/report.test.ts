import { expect, test } from "vitest";
import type { ApiTimes } from "./api-times.ts";
import { summaryOf, tableOf } from "./report.ts";

const times = (batch: string, p95Ms: number): ApiTimes[string][number] => ({
  batch,
  firstMs: p95Ms * 2,
  p50Ms: p95Ms / 2,
  p95Ms,
});
const api: ApiTimes = {
  "/": [times("opened", 12.4), times("frame", 3)],
  "/queue": [times("opened", 20), times("then", 180.6), times("frame", 3)],
};

test("a page's figure is that of its slowest request, under the name of its address", () => {
  expect(summaryOf(api, null)).toEqual({ apiMsP95: { overview: 12, queue: 181 }, firstPaintMs: null });
});

test("first paint stands beside it where there was a browser", () => {
  const paint = { firstPaintMs: 420.2, contentMs: 700, asked: new Set<string>() };
  expect(summaryOf(api, { "/": paint, "/queue": paint }).firstPaintMs).toEqual({ overview: 420, queue: 420 });
});

test("what misses its goal is marked", () => {
  const lines = tableOf(api, null).split("\n");
  expect(lines.filter((line) => line.includes("!"))).toEqual([expect.stringContaining("then")]);
  expect(lines).toHaveLength(1 + 5);
});
