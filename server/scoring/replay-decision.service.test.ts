import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { replayDecision } from "./replay-decision.ts";
import { handMadeArtifact, promoteArtifact } from "./testing/champion.ts";
import { paymentBody } from "./testing/payments.ts";
import { startTestServer, type TestServer } from "./testing/scoring-server.ts";

let database: TestDatabase;
let server: TestServer;
let headers: { authorization: string; "content-type": string };

beforeAll(async () => {
  database = await createTestDatabase();
  server = await startTestServer(database.url);
  headers = await server.headers("score");
  await promoteArtifact(server.pool, handMadeArtifact());
  await server.engine.follow("serving");
});
afterAll(async () => {
  await server.close();
  await database.drop();
});

const score = async (id: string, amountMinor: number): Promise<string> => {
  const payload = JSON.stringify(paymentBody({ id, amountMinor }));
  const response = await server.app.inject({ method: "POST", url: "/v1/score", headers, payload });
  return response.json().outcome;
};

test("an approval and a review come out the same, byte for byte", async () => {
  expect(await score("pay_small", 100)).toBe("approve");
  expect(await score("pay_large", 90_000)).not.toBe("approve");
  for (const id of ["pay_small", "pay_large"])
    expect(await replayDecision(server.pool, id)).toMatchObject({
      transactionId: id,
      impossible: null,
      differences: [],
      features: 84,
    });
});

test("another champion, another policy and a later list entry do not change what was decided before", async () => {
  await score("pay_before", 90_000);
  await database.db.listEntry.create({
    data: {
      list: "block",
      kind: "customer",
      value: String(paymentBody({}).customerId),
      reason: "later",
      addedAt: new Date(0),
      addedByName: "test",
      addedRevision: 1n,
    },
  });
  await promoteArtifact(server.pool, handMadeArtifact(undefined, undefined, -2));
  await server.engine.follow("serving");
  expect(await replayDecision(server.pool, "pay_before")).toMatchObject({
    impossible: null,
    differences: [],
  });
});

test("a stored score that is off by one bit is told, with what came out", async () => {
  await score("pay_touched", 100);
  const { rows } = await server.pool.query("select score from decision where transaction_id = 'pay_touched'");
  const served = Number(rows[0].score);
  await server.pool.query("alter table decision disable trigger decision_append_only");
  const bits = new BigInt64Array(Float64Array.of(served).buffer);
  bits[0] = (bits[0] ?? 0n) + 1n;
  const [off = 0] = new Float64Array(bits.buffer);
  await server.pool.query("update decision set score = $1 where transaction_id = 'pay_touched'", [off]);
  await server.pool.query("alter table decision enable trigger decision_append_only");
  const replay = await replayDecision(server.pool, "pay_touched");
  expect(replay?.differences).toEqual([{ part: "score", served: String(off), replayed: String(served) }]);
});

test("decisions of a canary, and of disagreements sent to review, come out the same", async () => {
  const challengerId = await promoteArtifact(server.pool, handMadeArtifact(undefined, undefined, -3));
  const championId = await promoteArtifact(server.pool, handMadeArtifact());
  await server.pool.query("update model_version set status = 'challenger' where id = $1", [challengerId]);
  await server.pool.query(
    `insert into canary (id, model_version_id, champion_id, share, seed, reason, started_at, started_by_name, counted_from)
     values ('canary', $1, $2, 0.5, 11, 'test', now(), 'test', now())`,
    [challengerId, championId],
  );
  await server.pool.query("update policy_version set status = 'retired' where status = 'active'");
  await server.pool.query(
    `insert into policy_version (id, status, body, created_at, activated_at)
     select 'exploring', 'active', jsonb_set(body, '{exploration,disagreementShare}', '1'), now(), now()
     from policy_version limit 1`,
  );
  await server.engine.follow("serving");
  const bodies = Array.from({ length: 24 }, (_, i) =>
    paymentBody({ id: `pay_canary_${i}`, customerId: `cus_canary_${i}`, amountMinor: 20_000 + 1_500 * i }),
  );
  const payload = JSON.stringify(bodies);
  const response = await server.app.inject({ method: "POST", url: "/v1/score/batch", headers, payload });
  const answers: { modelVersion: string }[] = response.json();
  expect(new Set(answers.map(({ modelVersion }) => modelVersion))).toEqual(
    new Set([challengerId, championId]),
  );
  const { rows } = await server.pool.query<{ by: string; beside: string; kind: string | null }>(
    `select model_version_id as by, challenger_version_id as beside, exploration as kind from decision
     where transaction_id like 'pay_canary_%'`,
  );
  expect(rows.every(({ by, beside }) => by !== beside && beside !== null)).toBe(true);
  expect(rows.some(({ kind }) => kind !== null)).toBe(true);
  for (const { id } of bodies)
    expect(await replayDecision(server.pool, String(id))).toMatchObject({
      impossible: null,
      differences: [],
    });
});

test("a transaction without a decision has nothing to replay", async () => {
  expect(await replayDecision(server.pool, "pay_unknown")).toBeNull();
});
