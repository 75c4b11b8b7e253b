import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import { defaultFeatureSet } from "#ml/features/default-set.ts";
import type { Snapshots } from "./snapshots.ts";

export type SnapshottingOptions = {
  readonly pool: Pool;
  readonly snapshots: Snapshots;
  /** The program that takes a snapshot and ends. */
  readonly file: string;
  readonly env: NodeJS.ProcessEnv;
  readonly onEvent: (level: "info" | "warn", message: string, error?: unknown) => void;
  /** Payments since the last snapshot that make the next one worth taking. */
  readonly everyPayments?: number;
  readonly lookEveryMs?: number;
};

export type Snapshotting = { stop(): Promise<void> };

const EVERY_PAYMENTS = 100_000;
const LOOK_EVERY_MS = 60_000;

/**
 * Has a snapshot of feature state taken whenever enough payments came since the last one, by a process of its own, so
 * that requests never wait for it: one at a time, and none outlives this process. Returns the end of it, which resolves
 * when no such process is left.
 */
export function startSnapshotting(options: SnapshottingOptions): Snapshotting {
  const { onEvent, lookEveryMs = LOOK_EVERY_MS } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const turns = async (): Promise<void> => {
    while (!signal.aborted) {
      try {
        if (await isDue(options)) await runChild(options, signal);
      } catch (error) {
        if (!signal.aborted) onEvent("warn", "no snapshot of feature state could be taken", error);
      }
      await sleep(lookEveryMs, undefined, { signal }).catch(() => {});
    }
  };
  const running = turns();
  return {
    stop: () => {
      stopping.abort();
      return running;
    },
  };
}

async function isDue(options: SnapshottingOptions): Promise<boolean> {
  const { pool, snapshots, everyPayments = EVERY_PAYMENTS } = options;
  const { rows } = await pool.query<{ last: number; version: string | null }>(
    `select coalesce(max(seq), 0) as last,
       (select feature_set_version from model_version where status = 'champion') as version from transaction`,
  );
  const { last, version } = rows[0] ?? { last: 0, version: null };
  if (last < everyPayments) return false;
  return last - (await snapshots.lastSeq(pool, version ?? defaultFeatureSet.version)) >= everyPayments;
}

/** Resolves when the process has ended. @throws Error when it failed. */
function runChild({ file, env }: SnapshottingOptions, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    // The IPC channel tells it when this process is gone.
    const child: ChildProcess = spawn(process.execPath, [file], {
      env,
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    const end = (): void => void child.kill("SIGKILL"); // at worst a temporary file is left over
    signal.addEventListener("abort", end, { once: true });
    child.once("error", reject);
    child.once("exit", (code, killedBy) => {
      signal.removeEventListener("abort", end);
      if (code === 0 || signal.aborted) resolve();
      else reject(new Error(`the process that takes snapshots ended with ${killedBy ?? code}`));
    });
  });
}
