import type { Pool } from "pg";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openPool } from "#server/db/pool.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { DAY_MS } from "#server/domain/day.ts";
import { followChanges } from "#server/scoring/follow-changes.ts";
import { paymentBody } from "#server/scoring/testing/payments.ts";
import { startTestServer } from "#server/scoring/testing/scoring-server.ts";
import { contextOf, seedUser } from "#server/services/case/testing/seed.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { loadChampion, promoteModel } from "#server/services/model/index.ts";
import { ensureActivePolicy } from "#server/services/policy/index.ts";
import { listBreaches } from "./list-breaches.ts";
import { pruneTimes } from "./recorded-times.ts";
import { storedModels } from "./testing/stored-models.ts";
import { watchChampion } from "./watch-champion.ts";

const promotedMs = Date.UTC(2026, 10, 21);
let database: TestDatabase;
let pool: Pool;
let clockMs = promotedMs;
let policyId = "";
let first = "";
let second = "";

const job = (): ServiceContext => ({
  db: database.db,
  actor: { kind: "job", name: "guardrails" },
  now: () => new Date(clockMs),
});

// A database each: decisions are never deleted.
beforeEach(async () => {
  database = await createTestDatabase();
  pool = openPool(database.url, 2);
  policyId = (await ensureActivePolicy(database.db, new Date(promotedMs))).id;
  clockMs = promotedMs - 10 * DAY_MS;
  [first = "", second = ""] = await storedModels(database.db, new Date(clockMs), 2);
  await promoteModel(job(), { versionId: first });
  clockMs = promotedMs;
  await promoteModel(job(), { versionId: second });
});

afterEach(async () => {
  await pool.end();
  await database.drop();
});

type Decisions = {
  readonly version: string;
  readonly fromMs: number;
  readonly count: number;
  readonly failed?: number;
};

/** Live decisions a second apart, the first of them failed. */
async function decided({ version, fromMs, count, failed = 0 }: Decisions): Promise<void> {
  const values = [`pay_${fromMs}_`, count, new Date(fromMs), version, policyId, failed];
  await pool.query(
    `insert into transaction (id, occurred_at, amount_minor, currency, customer_id, merchant_id, request_hash)
     select $1 || i, $3::timestamptz + i * interval '1 second', 1, 'EUR', 'cus', 'mer', '\\x'
     from generate_series(1, $2::int) as i`,
    values.slice(0, 3),
  );
  await pool.query(
    `insert into decision (transaction_id, occurred_at, scored_at, outcome, score, model_version_id, policy_version_id,
       feature_set_version, features, reasons, propensity, expected_loss_minor, amount_minor, currency, response)
     select $1 || i, at, at, case when i <= $6 then 'review' else 'approve' end, case when i > $6 then 0.01 end,
       case when i > $6 then $4 end, $5, 'v', '\\x', '[]', 1, 0, 1, 'EUR', '{}'
     from generate_series(1, $2::int) as i, lateral (select $3::timestamptz + i * interval '1 second' as at) as t`,
    values,
  );
}

const deciding = async () => (await loadChampion(database.db))?.version.id;

test("a champion that does as its predecessor stays, and so does one with too few decisions", async () => {
  await decided({ version: first, fromMs: promotedMs - DAY_MS, count: 600 });
  await decided({ version: second, fromMs: promotedMs, count: 600, failed: 3 });
  clockMs += DAY_MS / 2;
  expect(await watchChampion(job())).toBeNull();
  expect(await deciding()).toBe(second);
});

test("one that cannot score is taken back at once, audited, told by webhook and on the page", async () => {
  await decided({ version: second, fromMs: promotedMs, count: 600, failed: 300 });
  clockMs += 3_600_000;
  const watched = await watchChampion(job());
  expect(watched).toMatchObject({ rolledBackToId: first, broken: [{ name: "failed", value: 0.5 }] });
  expect(await deciding()).toBe(first);
  const audit = await database.db.auditEvent.findFirst({ orderBy: { seq: "desc" } });
  expect(audit).toMatchObject({
    action: "model.rollback",
    actorName: "guardrails",
    after: { versionId: first, automatic: "yes", because: expect.stringContaining("50.0 %") },
  });
  const event = await database.db.outboxEvent.findFirst({ where: { type: "alert.raised" } });
  expect(event?.payload).toMatchObject({
    kind: "guardrail_broken",
    modelVersion: second,
    rolledBackTo: first,
  });
  const viewer = contextOf(database.db, await seedUser(database.db, "viewer"), new Date(clockMs));
  expect(await listBreaches(viewer)).toMatchObject([{ guardrail: "failed", kept: null }]);
});

test("never twice in a row: the one brought back stays, is told once, and a person decides", async () => {
  clockMs = promotedMs - DAY_MS;
  await database.db.modelVersion.updateMany({
    where: { id: first },
    data: { promotedAt: new Date(clockMs) },
  });
  const [zero = ""] = await storedModels(database.db, new Date(0), 1);
  await database.db.modelVersion.updateMany({
    where: { id: zero },
    data: { status: "retired", promotedAt: new Date(0) },
  });
  await decided({ version: second, fromMs: promotedMs, count: 600, failed: 300 });
  clockMs = promotedMs + 3_600_000;
  await watchChampion(job());
  expect(await watchChampion(job())).toBeNull(); // what the other failed to score is not its fault
  await decided({ version: first, fromMs: clockMs, count: 600, failed: 300 });
  clockMs += 3_600_000;
  expect(await watchChampion(job())).toMatchObject({ rolledBackToId: null });
  expect(await watchChampion(job())).toBeNull();
  expect(await deciding()).toBe(first);
  const breach = await database.db.guardrailBreach.findFirst({ where: { modelVersionId: first } });
  expect(breach?.kept).toContain("never follows another");
});

test("switched off, without a predecessor or after a week nothing is rolled back; the first two are told", async () => {
  await decided({ version: second, fromMs: promotedMs, count: 600, failed: 300 });
  clockMs = promotedMs + 8 * DAY_MS;
  expect(await watchChampion(job())).toBeNull();
  clockMs = promotedMs + DAY_MS;
  await database.db.setting.create({ data: { key: "retraining", value: { rollback: "off" } } });
  expect(await watchChampion(job())).toMatchObject({ rolledBackToId: null });
  expect((await database.db.guardrailBreach.findFirst())?.kept).toContain("switched off");
  await pool.query("delete from guardrail_breach; delete from setting");
  await database.db.modelVersion.deleteMany({ where: { id: first } });
  expect(await watchChampion(job())).toMatchObject({ rolledBackToId: null });
  expect((await database.db.guardrailBreach.findFirst())?.kept).toContain("No champion came before");
});

/** Windows of fifteen seconds on two servers: so many of 200 requests and scores in a bucket, the rest in the fastest. */
async function timed(version: string, fromMs: number, slow: number): Promise<void> {
  const counts = (buckets: number, bucket: number): number[] =>
    Array.from({ length: buckets }, (_, i) => (i === 0 ? 200 - slow : 0) + (i === bucket ? slow : 0));
  await database.db.scoringTime.createMany({
    data: Array.from({ length: 160 }, (_, i) => ({
      at: new Date(fromMs + Math.floor(i / 4) * 15_000 + 1),
      server: i % 2 === 0 ? "one" : "two",
      kind: i % 4 < 2 ? "answer" : "model",
      modelVersionId: version,
      counts: i % 4 < 2 ? counts(13, 9) : counts(74, 60),
    })),
  });
}

test("a champion that takes too long, by the times of all servers, is taken back with its milliseconds", async () => {
  await timed(first, promotedMs - DAY_MS / 2, 0);
  await timed(second, promotedMs, 0);
  clockMs += 3_600_000;
  expect(await watchChampion(job())).toBeNull();
  await timed(second, clockMs, 60);
  clockMs += 3_600_000;
  const watched = await watchChampion(job());
  expect(watched).toMatchObject({ rolledBackToId: first, broken: [{ name: "latency", limit: 50 }] });
  expect(watched?.broken[0]?.says).toContain("15.0 % took longer");
  await pruneTimes(database.db, new Date(clockMs + 20 * DAY_MS));
  expect(await database.db.scoringTime.count()).toBe(0);
});

test("several workers that look at once roll back once; an analyst may not look", async () => {
  await decided({ version: second, fromMs: promotedMs, count: 600, failed: 300 });
  clockMs += 3_600_000;
  const all = await Promise.all([1, 2, 3].map(() => watchChampion(job())));
  expect(all.filter((one) => one !== null)).toHaveLength(1);
  expect(await database.db.guardrailBreach.count()).toBe(1);
  const analyst = contextOf(database.db, await seedUser(database.db, "analyst"), new Date(clockMs));
  await expect(watchChampion(analyst)).rejects.toMatchObject({ code: "forbidden" });
});

test("a scoring server follows a rollback by itself, without a restart", async () => {
  const server = await startTestServer(database.url);
  const following = followChanges(database.url, (what) => server.engine.follow(what));
  const headers = await server.headers("score");
  const decidesNow = async (): Promise<string> => {
    const payload = paymentBody({ id: `pay_${Math.random().toString(36).slice(2)}` });
    return (await server.app.inject({ method: "POST", url: "/v1/score", headers, payload })).json()
      .modelVersion;
  };
  try {
    expect(await decidesNow()).toBe(second);
    await decided({ version: second, fromMs: promotedMs, count: 600, failed: 300 });
    clockMs += 3_600_000;
    await watchChampion(job());
    await vi.waitFor(async () => expect(await decidesNow()).toBe(first), { timeout: 10_000, interval: 50 });
  } finally {
    await following.stop();
    await server.close();
  }
});
