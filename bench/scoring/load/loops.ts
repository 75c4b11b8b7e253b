import { setTimeout as sleep } from "node:timers/promises";
import { type LoadOptions, LoadRun } from "./load-run.ts";
import type { Schedule } from "./schedule.ts";
import type { LoadResult } from "./tally.ts";

/** Each connection sends its next request when it has the answer to the one before. */
export async function closedLoop(options: LoadOptions): Promise<LoadResult> {
  const run = new LoadRun(options);
  const startMs = await run.start((connection) => {
    const now = performance.now();
    if (now < run.endMs) run.send(connection, now);
  });
  for (const connection of run.idle.splice(0)) run.send(connection, startMs);
  return run.finish();
}

/**
 * Requests are sent when the schedule says, on whichever connection is free, and their latency counts from then: one
 * that had to wait for a connection, or for this process, has waited. Nothing is left out because the server was slow, but
 * for what waits longer than `patienceMs`, which is never sent and counted as such.
 */
export async function openLoop(
  options: LoadOptions,
  schedule: Schedule,
  patienceMs = Number.POSITIVE_INFINITY,
): Promise<LoadResult> {
  const run = new LoadRun(options);
  const waiting: number[] = [];
  let [head, givenUp] = [0, 0];
  const startMs = await run.start((connection) => {
    const tooLate = performance.now() - patienceMs;
    for (; (waiting[head] ?? Number.POSITIVE_INFINITY) < tooLate; head++) givenUp++;
    const due = waiting[head];
    if (due === undefined) run.idle.push(connection);
    else {
      head++;
      run.send(connection, due);
    }
  });
  for (let next = schedule.nextMs; next !== null; next = schedule.nextMs) {
    const aheadMs = startMs + next - performance.now();
    if (aheadMs > 0) {
      await sleep(Math.max(1, Math.floor(aheadMs)));
      continue;
    }
    schedule.advance();
    const connection = run.idle.pop();
    if (connection === undefined) waiting.push(startMs + next);
    else run.send(connection, startMs + next);
  }
  return run.finish(
    () => waiting.length - head,
    () => givenUp,
  );
}
