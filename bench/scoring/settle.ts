import { setTimeout as sleep } from "node:timers/promises";
import type { Bench } from "./bench.ts";
import { usageOfTree } from "./setup/process-usage.ts";

const LOOK_MS = 500;
const LIMIT_MS = 60_000;
const QUIET_SHARE = 0.05;
const QUIET_LOOKS = 3;

/**
 * Waits until the scoring server and PostgreSQL have finished what they do after a start or a load (snapshots,
 * checkpoints, vacuums), so that it is not counted as the cost of the next payments. Gives up after a minute.
 */
export async function settle({ own, signal }: Bench): Promise<void> {
  if (own === null) return;
  const limitMs = performance.now() + LIMIT_MS;
  let quiet = 0;
  for (let before = cpuSeconds(own); quiet < QUIET_LOOKS && performance.now() < limitMs; ) {
    await sleep(LOOK_MS, undefined, { signal });
    const now = cpuSeconds(own);
    quiet = (now - before) / (LOOK_MS / 1000) < QUIET_SHARE ? quiet + 1 : 0;
    before = now;
  }
}

function cpuSeconds({ server, database }: NonNullable<Bench["own"]>): number {
  return [server.pid, database.pid].reduce((sum, pid) => sum + (usageOfTree(pid)?.cpuSeconds ?? 0), 0);
}
