import { measureCaseOpen } from "./case-open.ts";
import type { Desk } from "./desk.ts";
import type { Latency } from "./latency.ts";
import { measureQueue } from "./queue-queries.ts";
import { type Race, raceForCases } from "./race.ts";

export type ReviewFigures = {
  readonly race: Race;
  readonly queue: readonly Latency[];
  readonly caseOpen: Latency;
};

export type BenchSize = {
  readonly claimers: number;
  /** pages read of every filter in every order */
  readonly filterPages: number;
  readonly openedCases: number;
};

/** The race first, then reading: each as a person's browser asks for it. */
export async function runReviewBench(
  desk: Desk,
  { claimers, filterPages, openedCases }: BenchSize,
  say: (line: string) => void,
): Promise<ReviewFigures> {
  say(`${claimers} claimers take the cases of one queue …`);
  const race = await raceForCases(desk, claimers);
  say("Every order and filter of the queue, page by page …");
  const queue = await measureQueue(desk, filterPages);
  say("Cases are opened …");
  return { race, queue, caseOpen: await measureCaseOpen(desk, openedCases) };
}

/** What the last line says: the queue's figure is that of its slowest kind of query. */
export function summaryOf({ race, queue, caseOpen }: ReviewFigures): {
  claimedTwice: number;
  queueQueryMsP95: number | null;
  caseOpenMsP95: number | null;
} {
  const slowest = queue.flatMap((latency) => latency.quantile(0.95) ?? []);
  return {
    claimedTwice: race.claimedTwice,
    queueQueryMsP95: slowest.length === 0 ? null : rounded(Math.max(...slowest)),
    caseOpenMsP95: rounded(caseOpen.quantile(0.95)),
  };
}

function rounded(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms * 10) / 10;
}
