import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Pool } from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { defaultFeatureSet, handbookFeatureSet } from "#ml/features/default-set.ts";
import { openPool } from "#server/db/pool.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { rebuildFeatureState } from "../feature-state.ts";
import { LogReplay } from "../log-replay.ts";
import { checkSnapshot } from "./check-snapshot.ts";
import { openSnapshots, type Snapshots } from "./snapshots.ts";
import { takeSnapshot } from "./take-snapshot.ts";

let database: TestDatabase;
let pool: Pool;
let dataDir: string;
let snapshots: Snapshots;
let events: string[];

beforeEach(async () => {
  database = await createTestDatabase();
  pool = openPool(database.url, 3);
  dataDir = mkdtempSync(join(tmpdir(), "assay-snapshots-"));
  events = [];
  snapshots = openSnapshots({ dataDir, onEvent: (_level, message) => events.push(message) });
  await pool.query(
    "insert into policy_version (id, status, body, created_at) values ('p', 'draft', '{}', now())",
  );
});
afterEach(async () => {
  await pool.end();
  await database.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Payments number `from` to before `to`, one every ten minutes; those decided live saw every label there is now. */
async function addPayments(from: number, to: number, decided: "live" | "backfill" | null): Promise<void> {
  await pool.query(
    `insert into transaction (id, occurred_at, amount_minor, currency, customer_id, merchant_id, card_token, device_id,
       channel, country, request_hash)
     select 'pay_' || i, timestamptz '2026-09-01Z' + i * interval '10 minutes', 100 + i * 7919 % 5000, 'EUR',
       'cus_' || i % 90, 'mer_' || i % 13, 'card_' || i % 70, 'dev_' || i % 300, 'ecommerce', 'DE', ''
     from generate_series($1::int, $2::int - 1) i order by i`,
    [from, to],
  );
  if (decided === null) return;
  await pool.query(
    `insert into decision (transaction_id, occurred_at, scored_at, outcome, policy_version_id, feature_set_version,
       features, label_cursor, reasons, propensity, expected_loss_minor, amount_minor, currency, response, origin)
     select 'pay_' || i, now(), now(), 'approve', 'p', 'x', '',
       case when $3 = 'live' then (select coalesce(max(seq), 0) from label) end, '[]', 0, 0, 0, 'EUR', '', $3
     from generate_series($1::int, $2::int - 1) i`,
    [from, to, decided],
  );
}

/** Labels every fifth payment of a range, recorded so long after it. */
async function addLabels(from: number, to: number, delay: string): Promise<void> {
  await pool.query(
    `insert into label (transaction_id, label, source, occurred_at, recorded_at, actor_kind)
     select id, case when seq % 2 = 0 then 'fraud' else 'legitimate' end, 'chargeback', occurred_at,
       occurred_at + $3::interval, 'system'
     from transaction where id in (select 'pay_' || i from generate_series($1::int, $2::int - 1, 5) i) order by seq`,
    [from, to, delay],
  );
}

const take = () => takeSnapshot({ pool, snapshots, signal: new AbortController().signal }, defaultFeatureSet);

async function bytesOf(replay: LogReplay): Promise<Uint8Array> {
  await replay.advance();
  await replay.applyKnownLabels();
  return replay.engine.snapshot();
}

/** Whether the newest snapshot and what came since make, byte for byte, the state that the whole log makes. */
async function isProven(): Promise<boolean> {
  const resumed = await snapshots.resume(pool, defaultFeatureSet);
  if (resumed === null || resumed.lastSeq === 0) throw new Error(`not resumed: ${events.join()}`);
  const whole = new LogReplay(pool, defaultFeatureSet);
  return Buffer.compare(await bytesOf(resumed), await bytesOf(whole)) === 0;
}

test("snapshot and tail are the whole log, with labels waiting, live cursors, imports and backfills", async () => {
  await addPayments(0, 1200, null);
  await addLabels(0, 600, "3 days");
  expect(await take()).toMatchObject({ lastSeq: 1200, payments: 1200 });
  expect(await isProven()).toBe(true);
  await addLabels(600, 1200, "30 days"); // recorded after every payment there is
  await addPayments(1200, 1900, "live");
  await addPayments(1900, 2600, null);
  await addLabels(1500, 1600, "90 days");
  expect(await isProven()).toBe(true);
  expect(await take()).toMatchObject({ lastSeq: 2600, payments: 1400 });
  expect(await take()).toBeNull();
  await addPayments(2600, 6000, "live"); // a month on: ids fall idle and are evicted
  expect(await isProven()).toBe(true);
  expect(await take()).toMatchObject({ lastSeq: 6000, payments: 3400 });
  expect(events).toEqual([]);
});

test("payments decided after the snapshot, from history, change nothing that it holds", async () => {
  await addPayments(0, 500, null);
  await take();
  await pool.query(
    `insert into decision (transaction_id, occurred_at, scored_at, outcome, policy_version_id, feature_set_version,
       features, label_cursor, reasons, propensity, expected_loss_minor, amount_minor, currency, response, origin)
     select id, now(), now(), 'approve', 'p', 'x', '', null, '[]', 0, 0, 0, 'EUR', '', 'backfill' from transaction`,
  );
  expect(await isProven()).toBe(true);
});

test("labels recorded later for a time that lies behind make the whole log be replayed", async () => {
  await addPayments(0, 1000, null);
  await take();
  await addLabels(0, 100, "1 day");
  expect(await snapshots.resume(pool, defaultFeatureSet)).toBeNull();
  expect(events.join()).toContain("labels were recorded since");
  expect(await take()).toMatchObject({ payments: 1000 });
  expect(await isProven()).toBe(true);
});

test("payments under way when a snapshot is taken are not passed over", async () => {
  await addPayments(0, 50, null);
  const client = await pool.connect();
  await client.query("begin");
  await client.query(
    `insert into transaction (id, occurred_at, amount_minor, currency, customer_id, merchant_id, request_hash)
     values ('slow', '2026-09-01Z', 5, 'EUR', 'cus_slow', 'mer_1', '')`,
  );
  await addPayments(50, 60, null);
  const taking = take();
  setTimeout(() => void client.query("commit").then(() => client.release()), 700);
  expect(await taking).toMatchObject({ lastSeq: 61, payments: 61 });
  expect(await isProven()).toBe(true);
});

test("a server's state rebuilt from a snapshot decides as one rebuilt from the log", async () => {
  await addPayments(0, 700, "live");
  await addLabels(0, 300, "100 days");
  await take();
  await addPayments(700, 900, "live");
  const [fast, slow] = await Promise.all(
    [snapshots, undefined].map(async (from) =>
      (await rebuildFeatureState(pool, defaultFeatureSet, from)).finish(),
    ),
  );
  if (fast === undefined || slow === undefined) throw new Error("not rebuilt");
  expect([fast.builtTo, fast.labelCursor]).toEqual([900, 60]);
  expect([slow.builtTo, slow.labelCursor]).toEqual([900, 60]);
  expect(Buffer.compare(fast.engine.snapshot(), slow.engine.snapshot())).toBe(0);
});

test("a file that is damaged anywhere, cut short, or of another database is told of and not used", async () => {
  await addPayments(0, 300, null);
  await take();
  const folder = join(dataDir, "feature-state");
  const [name = ""] = readdirSync(folder);
  const path = join(folder, name);
  const whole = readFileSync(path);
  const refusal = async (): Promise<string> => {
    events.length = 0;
    expect(await snapshots.resume(pool, defaultFeatureSet)).toBeNull();
    return events.join();
  };
  for (let at = 0; at < whole.length; at += Math.ceil(whole.length / 23)) {
    const damaged = Buffer.from(whole);
    damaged[at] = (damaged[at] ?? 0) ^ 4;
    writeFileSync(path, damaged);
    expect(await refusal()).toMatch(/damaged|no snapshot/);
  }
  for (const length of [0, 10, 400, whole.length - 1]) {
    writeFileSync(path, whole);
    truncateSync(path, length);
    expect(await refusal()).toContain("not whole");
  }
  writeFileSync(path, Buffer.concat([whole, Buffer.from("x")]));
  expect(await refusal()).toContain("not whole");
  rmSync(path);
  expect(await refusal()).toBe("");

  writeFileSync(path, whole);
  const other = await createTestDatabase();
  const otherPool = openPool(other.url, 2);
  expect(await snapshots.resume(otherPool, defaultFeatureSet)).toBeNull();
  expect(events.join()).toContain("of another database");
  expect(await snapshots.lastSeq(otherPool, defaultFeatureSet.version)).toBe(0);
  expect(await snapshots.lastSeq(pool, defaultFeatureSet.version)).toBe(300);
  await otherPool.end();
  await other.drop();
});

test("a log brought back from a backup, and grown otherwise since, is another one", async () => {
  await addPayments(0, 300, null);
  await take();
  await pool.query("alter table transaction disable trigger all");
  await pool.query("update transaction set id = 'another' where seq = 300");
  expect(await snapshots.resume(pool, defaultFeatureSet)).toBeNull();
  expect(events.join()).toContain("of another database");
});

test("the check tells a snapshot that is not what the log makes from one that is, and from none", async () => {
  const check = () =>
    checkSnapshot({ pool, snapshots, signal: new AbortController().signal }, defaultFeatureSet);
  expect(await check()).toBeNull();
  await addPayments(0, 200, null);
  await take();
  await addPayments(200, 230, "live");
  expect(await check()).toEqual({ lastSeq: 200, tail: 30, same: true });
  await pool.query("alter table transaction disable trigger all");
  await pool.query("update transaction set amount_minor = amount_minor + 1 where seq = 100");
  expect(await check()).toEqual({ lastSeq: 200, tail: 30, same: false });
});

test("each feature set has its own snapshot, the latest two are kept, and what a dead process left goes", async () => {
  await addPayments(0, 40, null);
  const folder = join(dataDir, "feature-state");
  await take();
  const replay = new LogReplay(pool, handbookFeatureSet);
  await replay.advance();
  await snapshots.keep(pool, replay);
  expect(readdirSync(folder)).toHaveLength(2);
  await addPayments(40, 60, null);
  await take();
  expect(readdirSync(folder)).toHaveLength(2);
  expect((await snapshots.resume(pool, handbookFeatureSet))?.lastSeq).toBe(40);
  expect((await snapshots.resume(pool, defaultFeatureSet))?.lastSeq).toBe(60);
});
