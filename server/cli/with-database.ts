import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import { openArtifacts } from "#server/db/artifacts/open-artifacts.ts";
import { type Database, openDatabase } from "#server/db/client.ts";
import { runningEmbeddedUrl, startEmbeddedPostgres } from "#server/db/embedded/embedded-postgres.ts";
import { applyMigrations } from "#server/db/migrate.ts";
import { openPool } from "#server/db/pool.ts";
import type { Environment } from "#server/env.ts";
import { lockInstallation } from "#server/processes/installation-lock.ts";

export type CommandDatabase = {
  readonly url: string;
  readonly db: Database;
  readonly pool: Pool;
  /** Aborted by Ctrl-C or SIGTERM; the work then has GRACE_MS to come to an end. */
  readonly signal: AbortSignal;
};

/** Thrown by `withDatabase` when a person or the system asked it to stop. */
export class InterruptedError extends Error {}

const GRACE_MS = 5_000;

/**
 * Runs `work` on a migrated database: DATABASE_URL, else the embedded PostgreSQL that this data folder already has
 * running, else one started for the duration. Everything opened here is closed again, also on Ctrl-C.
 * @throws InterruptedError on Ctrl-C or SIGTERM; Error when Assay is just starting or stopping on the same data folder;
 * whatever `work`, the start or a migration throws.
 */
export async function withDatabase<T>(
  env: Environment,
  work: (database: CommandDatabase) => Promise<T>,
): Promise<T> {
  const { url, stop } = await locateDatabase(env);
  const interruption = listenForInterruption();
  try {
    await applyMigrations(url);
    openArtifacts(env);
    const db = openDatabase(url, 5);
    const pool = openPool(url, 4);
    try {
      const running = work({ url, db, pool, signal: interruption.signal });
      return await Promise.race([running, interruption.overdue(running)]);
    } finally {
      await db.$disconnect();
      await pool.end();
    }
  } finally {
    interruption.stopListening();
    await stop();
  }
}

async function locateDatabase(env: Environment): Promise<{ url: string; stop: () => Promise<void> }> {
  const shared = env.DATABASE_URL ?? (await runningEmbeddedUrl(env.ASSAY_DATA_DIR));
  if (shared !== null) return { url: shared, stop: async () => {} };
  const release = lockInstallation(env.ASSAY_DATA_DIR); // nobody else may start one on the same data meanwhile
  try {
    const embedded = await startEmbeddedPostgres(env.ASSAY_DATA_DIR);
    return { url: embedded.url, stop: () => embedded.stop().finally(release) };
  } catch (error) {
    release();
    throw error;
  }
}

type Interruption = {
  readonly signal: AbortSignal;
  /** Rejects once interrupted work has settled, or has not within the grace. */
  overdue(running: Promise<unknown>): Promise<never>;
  stopListening(): void;
};

function listenForInterruption(): Interruption {
  const controller = new AbortController();
  const interrupt = (): void => controller.abort(new InterruptedError("Interrupted."));
  process.once("SIGINT", interrupt);
  process.once("SIGTERM", interrupt);
  return {
    signal: controller.signal,
    overdue: (running) =>
      new Promise<never>((_, reject) => {
        controller.signal.addEventListener("abort", () => {
          const settled = running.then(noop, noop);
          void Promise.race([settled, sleep(GRACE_MS, undefined, { ref: false })]).then(() =>
            reject(controller.signal.reason),
          );
        });
      }),
    stopListening: () => {
      process.off("SIGINT", interrupt);
      process.off("SIGTERM", interrupt);
    },
  };
}

function noop(): void {}
