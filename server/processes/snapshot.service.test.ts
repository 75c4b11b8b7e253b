import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Pool } from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { defaultFeatureSet } from "#ml/features/default-set.ts";
import { openPool } from "#server/db/pool.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { openSnapshots, type Snapshots } from "#server/scoring/snapshot/snapshots.ts";
import { startSnapshotting } from "#server/scoring/snapshot/snapshotting.ts";

const file = resolve(import.meta.dirname, "snapshot.ts");
let database: TestDatabase;
let pool: Pool;
let dataDir: string;
let snapshots: Snapshots;
let env: NodeJS.ProcessEnv;

beforeEach(async () => {
  database = await createTestDatabase();
  pool = openPool(database.url, 2);
  dataDir = mkdtempSync(join(tmpdir(), "assay-snapshotting-"));
  snapshots = openSnapshots({ dataDir, onEvent: () => {} });
  env = {
    ...process.env,
    NODE_ENV: "test",
    DATABASE_URL: database.url,
    ASSAY_DATA_DIR: dataDir,
    LOG_LEVEL: "error",
  };
});
afterEach(async () => {
  await pool.end();
  await database.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function addPayments(count: number): Promise<void> {
  await pool.query(
    `insert into transaction (id, occurred_at, amount_minor, currency, customer_id, merchant_id, request_hash)
     select gen_random_uuid()::text, '2026-09-01Z', 100, 'EUR', 'cus_' || i % 9, 'mer_1', ''
     from generate_series(1, $1::int) i`,
    [count],
  );
}

const lastSeq = () => snapshots.lastSeq(pool, defaultFeatureSet.version);
const soon = { timeout: 15_000, interval: 100 };

test("a snapshot is taken by another process when enough payments came, and again when more did", async () => {
  const events: string[] = [];
  const onEvent = (_level: string, message: string): number => events.push(message);
  await addPayments(50);
  const options = { pool, snapshots, file, env, onEvent, everyPayments: 100, lookEveryMs: 100 };
  const snapshotting = startSnapshotting(options);
  await new Promise((later) => setTimeout(later, 300));
  expect(readdirSync(dataDir)).toEqual([]);
  await addPayments(50);
  await expect.poll(lastSeq, soon).toBe(100);
  await addPayments(150);
  await expect.poll(lastSeq, soon).toBe(250);
  await snapshotting.stop();
  expect(events).toEqual([]);
});

test("a process that fails is told of, and tried again", async () => {
  const events: string[] = [];
  await addPayments(10);
  const broken = { ...env, DATABASE_URL: "nonsense" };
  const parts = { pool, snapshots, file, env: broken, onEvent: (_: string, m: string) => events.push(m) };
  const snapshotting = startSnapshotting({ ...parts, everyPayments: 10, lookEveryMs: 50 });
  await expect.poll(() => events.length, soon).toBeGreaterThan(1);
  await snapshotting.stop();
  expect(events[0]).toBe("no snapshot of feature state could be taken");
  expect(await lastSeq()).toBe(0);
});

test("the process ends with the server that started it, and leaves no snapshot that is not whole", async () => {
  await addPayments(10);
  const client = await pool.connect();
  await client.query("begin");
  await client.query("select pg_current_xact_id()"); // payments may be under way: it waits
  const child = spawn(process.execPath, [file], { env, stdio: ["ignore", "ignore", "inherit", "ipc"] });
  await new Promise((later) => setTimeout(later, 1_500));
  expect(child.exitCode).toBeNull();
  child.disconnect();
  expect(await once(child, "exit")).toEqual([0, null]);
  await client.query("rollback");
  client.release();
  expect(await lastSeq()).toBe(0);
});
