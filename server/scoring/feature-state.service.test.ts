import { afterEach, beforeEach, expect, test } from "vitest";
import { defaultFeatureSet } from "#ml/features/default-set.ts";
import { openPool } from "#server/db/pool.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { LogReplay } from "./log-replay.ts";
import { handMadeArtifact, promoteArtifact } from "./testing/champion.ts";
import { paymentBody } from "./testing/payments.ts";
import { startTestServer, type TestServer } from "./testing/scoring-server.ts";

let database: TestDatabase;
let server: TestServer;

beforeEach(async () => {
  database = await createTestDatabase();
  const pool = openPool(database.url, 1);
  await promoteArtifact(pool, handMadeArtifact());
  await pool.end();
  server = await startTestServer(database.url);
});
afterEach(async () => {
  await server.close();
  await database.drop();
});

const body = (i: number) =>
  paymentBody({
    id: `pay_${i}`,
    occurredAt: new Date(Date.UTC(2026, 10, 19) + i * 977_000).toISOString(),
    amountMinor: 100 + ((i * 7919) % 5_000),
    customerId: `cus_${i % 7}`,
    merchantId: `mer_${i % 5}`,
    deviceId: `dev_${i % 11}`,
    latitude: 40 + (i % 9),
    longitude: 10 + (i % 4),
  });

async function scorePayments(from: number, to: number): Promise<void> {
  const bodies = Array.from({ length: to - from }, (_, i) => body(from + i));
  await server.service.score(bodies);
}

async function label(i: number, verdict: "fraud" | "legitimate", source = "chargeback"): Promise<void> {
  await server.pool.query(
    `insert into label (transaction_id, label, source, occurred_at, recorded_at, actor_kind)
     values ($1, $2, $3, now(), '2026-11-20T10:00:00Z', 'system')`,
    [`pay_${i}`, verdict, source],
  );
}

async function servedVectors(): Promise<Map<string, string>> {
  const { rows } = await server.pool.query<{ transaction_id: string; features: Buffer }>(
    "select transaction_id, features from decision",
  );
  return new Map(rows.map((row) => [row.transaction_id, row.features.toString("hex")]));
}

test("replaying the log gives every served vector again, bit for bit, with labels as each payment saw them", async () => {
  await scorePayments(0, 30);
  await label(3, "fraud");
  await server.engine.follow("labels");
  await scorePayments(30, 45);
  await label(8, "fraud");
  await label(3, "legitimate", "manual");
  await server.engine.follow("labels");
  await scorePayments(45, 60);

  const served = await servedVectors();
  const replay = new LogReplay(server.pool, defaultFeatureSet);
  const replayed = new Map<string, Float64Array>();
  await replay.advance({
    out: (page, row) => {
      const values = new Float64Array(defaultFeatureSet.definitions.length);
      replayed.set(page.event(row).id, values);
      return { values, offset: 0 };
    },
  });
  expect(replayed.size).toBe(60);
  for (const [id, vector] of replayed) {
    expect([id, Buffer.from(vector.buffer).toString("hex")]).toEqual([id, served.get(id)]);
  }
});

test("a server started again decides as one that never stopped", async () => {
  await scorePayments(0, 40);
  await label(5, "fraud");
  await label(6, "fraud");
  await server.engine.follow("labels");
  const restarted = await startTestServer(database.url);
  const [here] = await server.service.score([{ ...body(41), id: "pay_here" }]);
  const [there] = await restarted.service.score([{ ...body(41), id: "pay_there" }]);
  await restarted.close();
  if (here === undefined || there === undefined || "problem" in here || "problem" in there)
    throw new Error("refused");
  const { rows } = await server.pool.query<{ features: Buffer; label_cursor: number }>(
    "select features, label_cursor from decision where transaction_id = any($1) order by transaction_id",
    [["pay_here", "pay_there"]],
  );
  expect(rows[1]).toEqual(rows[0]);
  expect(rows[0]?.label_cursor).toBe(2);
});

test("labels recorded after the last payment are applied once, and are known to the next", async () => {
  await scorePayments(0, 10);
  await label(1, "fraud");
  const replay = new LogReplay(server.pool, defaultFeatureSet);
  await replay.advance();
  expect(replay.labelCursor).toBe(0);
  await replay.applyKnownLabels();
  expect(replay.labelCursor).toBe(1);
});

test("a replay goes on where it stopped", async () => {
  await scorePayments(0, 10);
  const replay = new LogReplay(server.pool, defaultFeatureSet);
  expect(await replay.advance()).toBe(10);
  await scorePayments(10, 14);
  expect(await replay.advance()).toBe(4);
  expect(await replay.advance()).toBe(0);
});
