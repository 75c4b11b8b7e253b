import { atMost, type Line, plain, tableOf } from "../scoring/report-lines.ts";
import type { Latency } from "./latency.ts";
import type { ReviewFigures } from "./run-bench.ts";

const QUEUE_GOAL_MS = 50;
const CASE_GOAL_MS = 100;

/** The table for a terminal: p95 of every kind of query beside its goal. */
export function reportOf({ race, queue, caseOpen }: ReviewFigures): string {
  return tableOf([
    { ...atMost("Cases claimed by two", race.claimedTwice, 0), value: String(race.claimedTwice) },
    {
      measure: "Cases claimed",
      value: String(race.claimed),
      goal: `all ${race.cases}`,
      met: race.claimed === race.cases,
    },
    plain(`${race.latency.name}: p95 ms`, shown(race.latency.quantile(0.95))),
    ...queue.map((latency) => lineOf(latency, QUEUE_GOAL_MS)),
    lineOf(caseOpen, CASE_GOAL_MS),
  ]);
}

function lineOf(latency: Latency, goalMs: number): Line {
  const count = latency.calls.toLocaleString("en");
  return atMost(`${latency.name}: p95 ms of ${count}`, latency.quantile(0.95), goalMs);
}

function shown(ms: number | null): string {
  return ms === null ? "–" : ms.toFixed(1);
}
