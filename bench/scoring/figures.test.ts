import { expect, test } from "vitest";
import { errorsOf, type Figures, figuresOf, median, medianFigures } from "./figures.ts";
import { Histogram } from "./load/histogram.ts";
import type { LoadResult } from "./load/tally.ts";

function resultOf(changes: Partial<LoadResult>): LoadResult {
  const empty = new Histogram().data();
  const counts = {
    sent: 0,
    payments: 0,
    decided: 0,
    refusedItems: 0,
    broken: 0,
    unanswered: 0,
    unsent: 0,
    samples: {},
  };
  return {
    seconds: 10,
    statuses: {},
    ...counts,
    latency: empty,
    service: empty,
    lag: empty,
    cpuSeconds: 0,
    ...changes,
  };
}

test("throughput counts what came in time, CPU time what was decided at all", () => {
  const result = resultOf({ payments: 900, decided: 1_000, statuses: { 200: 1_000 } });
  const figures = figuresOf({ result, cpu: { scoring: 0.2, postgres: null, load: 0.05 } });
  expect(figures.perSecond).toBe(90);
  expect(figures.cpuMicros).toEqual({ scoring: 200, postgres: null, load: 50 });
  expect(figures.latency.p99).toBeNull();
});

test("whatever is not a 200 is an error, and nothing decided has no cost each", () => {
  const result = resultOf({ statuses: { 200: 5, 503: 2, 409: 1 }, broken: 3, unsent: 4 });
  expect(errorsOf(result)).toEqual({ 503: 2, 409: 1, broken: 3, unsent: 4 });
  expect(figuresOf({ result, cpu: { scoring: 1, postgres: 1, load: 1 } }).cpuMicros.scoring).toBeNull();
});

test("the median of an even number is the mean of the middle two, and of none there is none", () => {
  expect([median([5, 1, 3]), median([4, 1, 3, 2]), median([])]).toEqual([3, 2.5, null]);
});

test("rounds become medians, their errors sums", () => {
  const round = (perSecond: number, errors: Figures["errors"]): Figures => ({
    perSecond,
    errors,
    samples: Object.fromEntries(Object.keys(errors).map((kind) => [kind, `why ${kind}`])),
    latency: { p50: 1, p90: null, p99: perSecond, p999: null, max: null },
    cpuMicros: { scoring: null, postgres: null, load: 7 },
  });
  const figures = medianFigures([round(10, { 503: 1 }), round(30, {}), round(20, { 503: 2, broken: 1 })]);
  expect(figures.perSecond).toBe(20);
  expect(figures.latency).toEqual({ p50: 1, p90: null, p99: 20, p999: null, max: null });
  expect(figures.samples).toEqual({ 503: "why 503", broken: "why broken" });
  expect(figures.errors).toEqual({ 503: 3, broken: 1 });
});
