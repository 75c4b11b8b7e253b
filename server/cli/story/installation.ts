import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, type Pool } from "pg";
import { type Database, openDatabase } from "#server/db/client.ts";
import {
  freePort,
  removeEmbeddedData,
  startEmbeddedPostgres,
} from "#server/db/embedded/embedded-postgres.ts";
import { applyMigrations } from "#server/db/migrate.ts";
import { openPool } from "#server/db/pool.ts";
import type { ServiceContext } from "#server/services/context.ts";

/** The time of the story, which everything of the installation is told. */
export type StoryClock = { readonly now: () => Date; set(ms: number): void };

/** An Assay without processes: its database, and the clock that its services and jobs are called with. */
export type Installation = {
  readonly url: string;
  readonly db: Database;
  readonly pool: Pool;
  readonly clock: StoryClock;
  /** aborted when somebody stops the story */
  readonly signal: AbortSignal;
};

/** A clock that stands still until it is set. */
function storyClock(startMs: number): StoryClock {
  let atMs = startMs;
  return {
    now: () => new Date(atMs),
    set: (ms) => {
      atMs = ms;
    },
  };
}

/** Who acts where no person does. */
export function jobContext({ db, clock }: Pick<Installation, "db" | "clock">, name: string): ServiceContext {
  return { db, now: clock.now, actor: { kind: "job", name } };
}

/**
 * Runs `work` on a PostgreSQL of its own in a temporary folder, and takes both away afterwards, however it ends.
 * @throws whatever the start, a migration or `work` throws
 */
export async function withOwnPostgres<T>(work: (url: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "assay-story-"));
  try {
    const postgres = await startEmbeddedPostgres(folder, await freePort(0));
    try {
      await forgetQuickly(postgres.url);
      await applyMigrations(postgres.url);
      return await work(postgres.url);
    } finally {
      await postgres.stop();
    }
  } finally {
    await removeEmbeddedData(folder);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Nothing in it has to survive a power cut, so nothing waits for the disk. */
async function forgetQuickly(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const setting of ["fsync", "synchronous_commit", "full_page_writes"])
      await client.query(`alter system set ${setting} = off`);
    await client.query("select pg_reload_conf()");
  } finally {
    await client.end();
  }
}

/** Opens an installation over a migrated, empty database for the duration of `work`. */
export async function withInstallation<T>(
  { url, startMs, signal }: { readonly url: string; readonly startMs: number; readonly signal: AbortSignal },
  work: (installation: Installation) => Promise<T>,
): Promise<T> {
  const db = openDatabase(url, 3);
  const pool = openPool(url, 4);
  try {
    return await work({ url, db, pool, clock: storyClock(startMs), signal });
  } finally {
    await db.$disconnect();
    await pool.end();
  }
}
