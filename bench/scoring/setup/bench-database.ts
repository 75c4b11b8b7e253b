import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { PAYMENTS_PER_CUSTOMER_DAY } from "#ml/simulation/customer.ts";
import { openDatabase } from "#server/db/client.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "#server/db/embedded/embedded-postgres.ts";
import { applyMigrations } from "#server/db/migrate.ts";
import { openPool } from "#server/db/pool.ts";
import type { BenchWorld } from "../payments.ts";
import { benchFolder, emptyFolder, lockFolder, type Ready, readReady, writeReady } from "./bench-folder.ts";
import type { CleanUp } from "./clean-up.ts";
import { fillDatabase } from "./fill-database.ts";

export type BenchDatabase = {
  readonly folder: string;
  /** A copy of the filled database, for this run alone. */
  readonly url: string;
  /** Of PostgreSQL's first process; all others are below it. */
  readonly pid: number;
  readonly world: BenchWorld;
  readonly key: string;
  /** Data folder of the scoring server in this run. */
  readonly dataDir: string;
};

export type DatabaseOptions = {
  readonly payments: number;
  readonly folderName: string;
  readonly fresh: boolean;
  readonly signal: AbortSignal;
};

const PORT = 41_200;
const RUN = "assay_run";
const DAYS = 90;
const DAY_MS = 86_400_000;
const STALE_DAYS = 5;
const LEAST_CUSTOMERS = 16_600;

/**
 * Starts the embedded PostgreSQL on a database filled with history (filled now, or kept from an earlier run) and gives
 * this run a copy of it, so that every run begins with the same rows.
 */
export async function openBenchDatabase(options: DatabaseOptions, cleanUp: CleanUp): Promise<BenchDatabase> {
  const folder = benchFolder(options.payments, options.folderName);
  cleanUp.add(await lockFolder(folder, options.signal));
  if (options.fresh || isStale(readReady(folder)) || !(await migrate(folder))) await emptyFolder(folder);
  const postgres = await startEmbeddedPostgres(folder, PORT);
  cleanUp.add(() => postgres.stop());
  const { world, key } = readReady(folder) ?? (await fill(folder, postgres, options));
  const url = await runCopy(postgres.url, { from: "assay", to: RUN }, cleanUp);
  const dataDir = join(folder, "run");
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir);
  return { folder, url, pid: postgres.pid, world, key, dataDir };
}

/** A copy of a database to which nobody is connected; it goes at the end. Returns its URL. */
export async function runCopy(
  url: string,
  { from, to }: { readonly from: string; readonly to: string },
  cleanUp: CleanUp,
): Promise<string> {
  const drop = `drop database if exists ${to} with (force)`;
  await maintain(url, [drop, `create database ${to} template ${from} strategy file_copy`]);
  cleanUp.add(() => maintain(url, [drop]));
  return databaseNamed(url, to);
}

/** Runs statements that concern whole databases. */
export async function maintain(url: string, statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: databaseNamed(url, "postgres") });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

export function databaseNamed(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

async function fill(folder: string, postgres: EmbeddedPostgres, options: DatabaseOptions): Promise<Ready> {
  const startedMs = Date.now();
  const world = worldOf(options.payments, startedMs);
  await applyMigrations(postgres.url);
  const db = openDatabase(postgres.url, 2);
  const pool = openPool(postgres.url, 3);
  try {
    const key = await fillDatabase({ db, pool, signal: options.signal }, world);
    const ready = { world, key, fillSeconds: (Date.now() - startedMs) / 1000 };
    writeReady(folder, ready);
    process.stdout.write(`Filled in ${Math.round(ready.fillSeconds)} s; kept in ${folder}\n`);
    return ready;
  } finally {
    await db.$disconnect();
    await pool.end();
  }
}

/** Brings a kept database to the schema of today; false when its migrations are no longer those of the folder. */
async function migrate(folder: string): Promise<boolean> {
  const postgres = await startEmbeddedPostgres(folder, PORT);
  try {
    await applyMigrations(postgres.url);
    return true;
  } catch (error) {
    process.stdout.write(
      `The kept database is filled anew: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    return false;
  } finally {
    await postgres.stop();
  }
}

/**
 * At least the customers that a million payments have, over fewer days where there are fewer payments: thousands of
 * payments a second of fewer customers would look like card testing, and go to review.
 */
function worldOf(payments: number, nowMs: number): BenchWorld {
  const perDay = payments / DAYS / PAYMENTS_PER_CUSTOMER_DAY;
  const customers = Math.max(LEAST_CUSTOMERS, Math.round(perDay));
  const days = Math.max(1, Math.min(DAYS, Math.round(payments / (customers * PAYMENTS_PER_CUSTOMER_DAY))));
  const today = Math.floor(nowMs / DAY_MS) * DAY_MS;
  return { seed: 1, customers, merchants: Math.round(customers / 5.5), startMs: today - days * DAY_MS, days };
}

/** Windows of 30 days would be empty after weeks. */
function isStale(ready: Ready | null): boolean {
  if (ready === null) return true;
  const endMs = ready.world.startMs + ready.world.days * DAY_MS;
  return Date.now() - endMs > STALE_DAYS * DAY_MS;
}
