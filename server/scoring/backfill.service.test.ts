import type { Pool } from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { PaymentEvent } from "#ml/features/payment-event.ts";
import { openPool } from "#server/db/pool.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { backfillDecisions } from "./backfill.ts";
import { handMadeArtifact, promoteArtifact } from "./testing/champion.ts";
import { paymentBody, paymentEvent } from "./testing/payments.ts";
import { startTestServer } from "./testing/scoring-server.ts";

let database: TestDatabase;
let pool: Pool;
const now = new Date("2026-11-20T12:00:00Z");
const dayMs = 86_400_000;
const start = Date.UTC(2026, 10, 10);
const day = (n: number): Date => new Date(start + n * dayMs);

beforeEach(async () => {
  database = await createTestDatabase();
  pool = openPool(database.url, 4);
});
afterEach(async () => {
  await pool.end();
  await database.drop();
});

/** Ten days of history, four payments a day of one customer; every fourth is large enough for review. */
async function seedHistory(): Promise<void> {
  const events = Array.from({ length: 40 }, (_, i) =>
    paymentEvent({
      id: `old_${i}`,
      occurredAtMs: start + (i / 4) * dayMs,
      amountMinor: i % 4 === 3 ? 60_000 : 500,
    }),
  );
  const column = <T>(read: (event: PaymentEvent) => T): T[] => events.map(read);
  await pool.query(
    `insert into transaction (id, occurred_at, amount_minor, currency, customer_id, merchant_id, request_hash, origin)
     select id, at, amount, 'EUR', 'cus_1', 'mer_1', '\\x', 'import'
     from unnest($1::text[], $2::timestamptz[], $3::bigint[]) as row (id, at, amount)`,
    [column((e) => e.id), column((e) => new Date(e.occurredAtMs)), column((e) => e.amountMinor)],
  );
}

test("history in the window is decided as of its time, with all of history behind its features", async () => {
  await promoteArtifact(pool, handMadeArtifact());
  await seedHistory();
  const progress: number[] = [];
  const report = await backfillDecisions(pool, {
    from: day(2),
    to: day(9),
    casesFrom: day(7),
    now,
    onProgress: ({ done, total }) => progress.push(done / total),
  });
  expect(report).toEqual({ decisions: 28, cases: 2 });
  expect(progress.at(-1)).toBe(1);
  const { rows } = await pool.query(
    `select count(*) as n, bool_and(origin = 'backfill') as backfilled, bool_and(label_cursor is null) as uncursored,
            bool_and(scored_at = occurred_at) as then_scored, min(occurred_at) as first from decision`,
  );
  expect(rows).toEqual([{ n: 28, backfilled: true, uncursored: true, then_scored: true, first: day(2) }]);
  const place = handMadeArtifact().featureSet.definitions.findIndex((d) => d.name === "customer_count_30d");
  const vector = await pool.query("select features from decision where transaction_id = 'old_8'");
  expect(vector.rows[0].features.readDoubleLE(place * 8)).toBe(8);
});

test("only reviews from casesFrom on open cases, and nobody is told of any", async () => {
  await promoteArtifact(pool, handMadeArtifact());
  await seedHistory();
  await backfillDecisions(pool, { from: day(0), to: day(10), casesFrom: day(8), now });
  const cases = await pool.query(`select transaction_id, opened_at from "case" order by opened_at`);
  expect(cases.rows.map((row) => row.transaction_id)).toEqual(["old_35", "old_39"]);
  const reviews = await pool.query("select count(*) as n from decision where outcome = 'review'");
  expect(reviews.rows).toEqual([{ n: 10 }]);
  const events = await pool.query("select count(*) as n from case_event");
  expect(events.rows).toEqual([{ n: 2 }]);
  const told = await pool.query("select count(*) as n from outbox_event");
  expect(told.rows).toEqual([{ n: 0 }]);
});

test("run again it decides nothing twice", async () => {
  await promoteArtifact(pool, handMadeArtifact());
  await seedHistory();
  const options = { from: day(0), to: day(5), casesFrom: null, now };
  expect(await backfillDecisions(pool, options)).toEqual({ decisions: 20, cases: 0 });
  expect(await backfillDecisions(pool, options)).toEqual({ decisions: 0, cases: 0 });
  expect(await backfillDecisions(pool, { ...options, to: day(6) })).toEqual({ decisions: 4, cases: 0 });
});

test("live payments keep their decision, and count as history", async () => {
  await promoteArtifact(pool, handMadeArtifact());
  await seedHistory();
  const server = await startTestServer(database.url);
  await server.service.score([paymentBody({ id: "pay_live", occurredAt: "2026-11-19T23:00:00Z" })]);
  await server.close();
  const { decisions } = await backfillDecisions(pool, { from: day(0), to: day(20), casesFrom: null, now });
  expect(decisions).toBe(40);
  const { rows } = await pool.query("select origin from decision where transaction_id = 'pay_live'");
  expect(rows).toEqual([{ origin: "live" }]);
});

test("without a champion nothing is decided", async () => {
  await seedHistory();
  const options = { from: day(0), to: day(5), casesFrom: null, now };
  await expect(backfillDecisions(pool, options)).rejects.toThrow("no champion");
});

test("asked to stop, it stops", async () => {
  await promoteArtifact(pool, handMadeArtifact());
  await seedHistory();
  const signal = AbortSignal.abort(new Error("stopped"));
  const options = { from: day(0), to: day(5), casesFrom: null, now, signal };
  await expect(backfillDecisions(pool, options)).rejects.toThrow("stopped");
  const { rows } = await pool.query("select count(*) as n from decision");
  expect(rows).toEqual([{ n: 0 }]);
});
