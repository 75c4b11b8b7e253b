import { afterEach, beforeEach, expect, test } from "vitest";
import { defaultFeatureSet } from "#ml/features/default-set.ts";
import { openPool } from "#server/db/pool.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { LogReplay } from "./log-replay.ts";
import { handMadeArtifact, promoteArtifact } from "./testing/champion.ts";
import { paymentBody } from "./testing/payments.ts";
import { startTestServer, type TestServer } from "./testing/scoring-server.ts";
import { servedUnlikeReplayed } from "./testing/served-as-replayed.ts";

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

async function expectServedAsReplayed(payments: number): Promise<void> {
  expect(await servedUnlikeReplayed(server.pool, defaultFeatureSet)).toEqual({
    compared: payments,
    differing: [],
  });
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

  await expectServedAsReplayed(60);
});

test("a server started again decides as one that never stopped", async () => {
  await scorePayments(0, 40);
  await label(5, "fraud");
  await label(6, "fraud");
  await server.engine.follow("labels");
  const restarted = await startTestServer(database.url);
  // Both know what the other did before: each sees one payment more of this customer than the one before.
  const answers = [
    ...(await server.service.score([{ ...body(41), id: "pay_here" }])),
    ...(await restarted.service.score([{ ...body(41), id: "pay_there" }])),
    ...(await server.service.score([{ ...body(41), id: "pay_again" }])),
  ];
  await restarted.close();
  expect(answers.map((answer) => "response" in answer)).toEqual([true, true, true]);
  await expectServedAsReplayed(43);
  const cursors = await server.pool.query(
    "select distinct label_cursor::int from decision order by 1 desc limit 1",
  );
  expect(cursors.rows).toEqual([{ label_cursor: 2 }]);
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
