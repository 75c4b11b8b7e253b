import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { defaultFeatureSet, withAttributes } from "#ml/features/default-set.ts";
import { openPool } from "#server/db/pool.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { defaultPolicy } from "#server/domain/policy.ts";
import { handMadeArtifact, promoteArtifact } from "./testing/champion.ts";
import { paymentBody } from "./testing/payments.ts";
import { startTestServer, type TestServer } from "./testing/scoring-server.ts";

let database: TestDatabase;
let server: TestServer;
let championId: string;

beforeEach(async () => {
  database = await createTestDatabase();
  const pool = openPool(database.url, 1);
  championId = await promoteArtifact(pool, handMadeArtifact());
  await pool.end();
  server = await startTestServer(database.url);
});
afterEach(async () => {
  await server.close();
  await database.drop();
});

async function score(...changes: Readonly<Record<string, unknown>>[]) {
  const verdicts = await server.service.score(changes.map(paymentBody));
  return verdicts.map((v) => ("problem" in v ? v.problem : JSON.parse(v.response)));
}

async function valuesOf(feature: string, featureSet = defaultFeatureSet) {
  const place = featureSet.definitions.findIndex((definition) => definition.name === feature);
  const { rows } = await server.pool.query<{ transaction_id: string; features: Buffer }>(
    "select transaction_id, features from decision where feature_set_version = $1 order by seq",
    [featureSet.version],
  );
  return rows.map((row) => [row.transaction_id, row.features.readDoubleLE(place * 8)]);
}

describe("writers at once", () => {
  test("two servers that get the same payments at once agree on one row and one answer each", async () => {
    const other = await startTestServer(database.url);
    const bodies = Array.from({ length: 40 }, (_, i) => paymentBody({ id: `pay_${i}` }));
    const [here, there] = await Promise.all([
      server.service.score(bodies),
      other.service.score(bodies.toReversed()),
    ]);
    expect(here).toEqual([...there].reverse());
    const { rows } = await server.pool.query("select count(*) as n from decision");
    expect(rows).toEqual([{ n: 40 }]);
    await other.close();
  });

  test("the same id with another body at another server is a conflict", async () => {
    const other = await startTestServer(database.url);
    await score({ id: "pay_x" });
    const [verdict] = await other.service.score([paymentBody({ id: "pay_x", amountMinor: 1 })]);
    expect(verdict).toMatchObject({ problem: { status: 409 } });
    await other.close();
  });
});

test("payments that the database refuses cost nobody else their answer, and leave no trace in the features", async () => {
  await server.pool.query("alter table transaction add constraint refused check (merchant_id <> 'mer_bad')");
  const answers = await score(
    { id: "pay_1" },
    { id: "pay_2", merchantId: "mer_bad" },
    { id: "pay_3" },
    { id: "pay_4", merchantId: "mer_bad" },
    { id: "pay_5" },
  );
  expect(answers.map((answer) => answer.status ?? answer.outcome)).toEqual([
    "approve",
    500,
    "approve",
    500,
    "approve",
  ]);
  expect(await valuesOf("customer_count_1h")).toEqual([
    ["pay_1", 0],
    ["pay_3", 1],
    ["pay_5", 2],
  ]);
});

test("more payments than the queue holds are refused at once with 503, and none of them is decided", async () => {
  const small = await startTestServer(database.url, { queueCapacity: 3 });
  const bodies = ["a", "b", "c", "d"].map((id) => paymentBody({ id }));
  const headers = await small.headers("score");
  const payload = JSON.stringify(bodies);
  const response = await small.app.inject({ method: "POST", url: "/v1/score/batch", headers, payload });
  expect(response.statusCode).toBe(503);
  expect(response.headers["retry-after"]).toBe("1");
  expect(response.json().type).toBe("urn:assay:problem:overloaded");
  expect(await small.service.score(bodies.slice(0, 3))).toMatchObject([{}, {}, {}]);
  const { rows } = await small.pool.query("select count(*) as n from transaction");
  expect(rows).toEqual([{ n: 3 }]);
  await small.close();
});

test("a history payment of the same id is a conflict, as it was never answered", async () => {
  await server.pool.query(
    `insert into transaction (id, occurred_at, amount_minor, currency, customer_id, merchant_id, request_hash, origin)
     values ('pay_old', now(), 1, 'EUR', 'cus_1', 'mer_1', '\\x', 'import')`,
  );
  expect(await score({ id: "pay_old" })).toMatchObject([{ status: 409 }]);
});

describe("what serves changes without a restart", () => {
  test("another policy", async () => {
    const strict = { ...defaultPolicy, mode: "thresholds", reviewThreshold: 0, declineThreshold: 0 };
    await server.pool.query("update policy_version set status = 'retired'");
    await server.pool.query(
      "insert into policy_version (id, status, body, created_at) values ('strict', 'active', $1, now())",
      [strict],
    );
    await server.engine.follow("serving");
    expect(await score({ id: "pay_1" })).toMatchObject([{ outcome: "decline", policyVersion: "strict" }]);
  });

  test("a model with another feature set, whose features know what happened before", async () => {
    await score({ id: "pay_1" }, { id: "pay_2" });
    const featureSet = withAttributes(defaultFeatureSet, ["avsMatch"]);
    const id = await promoteArtifact(server.pool, handMadeArtifact(featureSet));
    await Promise.all([server.engine.follow("serving"), score({ id: "pay_3" })]);
    const [answer] = await score({ id: "pay_4", attributes: { avsMatch: 1 } });
    expect(answer).toMatchObject({ modelVersion: id, featureSetVersion: featureSet.version });
    expect((await valuesOf("customer_count_1h", featureSet)).at(-1)).toEqual(["pay_4", 3]);
    expect((await valuesOf("attribute_avsMatch", featureSet)).at(-1)).toEqual(["pay_4", 1]);
  });

  test("a model that cannot be loaded changes nothing and is told once", async () => {
    await promoteArtifact(server.pool, { ...handMadeArtifact(), family: "gradient_boosting" });
    await server.engine.follow("serving");
    await server.engine.follow("serving");
    expect(await score({ id: "pay_1" })).toMatchObject([{ modelVersion: championId }]);
    expect(server.events.filter((event) => event.includes("cannot be loaded"))).toHaveLength(1);
  });
});

test("history that is imported while the server runs is taken up once no more of it comes", async () => {
  await score({ id: "pay_1" });
  const importPayments = (ids: readonly string[]) =>
    server.pool.query(
      `insert into transaction (id, occurred_at, amount_minor, currency, customer_id, merchant_id, request_hash, origin)
       select id, '2026-11-20T10:00:00Z', 1, 'EUR', 'cus_1', 'mer_1', '\\x', 'import' from unnest($1::text[]) as row (id)`,
      [ids],
    );
  await importPayments(["old_1", "old_2"]);
  await server.engine.follow("serving");
  await importPayments(["old_3"]);
  await server.engine.follow("serving");
  await score({ id: "pay_2" });
  await server.engine.follow("serving");
  await score({ id: "pay_3" });
  await server.engine.follow("serving");
  expect(await valuesOf("customer_count_1h")).toEqual([
    ["pay_1", 0],
    ["pay_2", 1],
    ["pay_3", 5],
  ]);
  expect(server.events.filter((event) => event.includes("rebuilding"))).toHaveLength(1);
});

test("a label counts from the moment it is followed, and the decision says up to which", async () => {
  await score({ id: "pay_1" }, { id: "pay_2" });
  await server.pool.query(
    `insert into label (transaction_id, label, source, occurred_at, recorded_at, actor_kind)
     values ('pay_1', 'fraud', 'chargeback', now(), now(), 'system')`,
  );
  await server.engine.follow("labels");
  await score({ id: "pay_3" });
  const { rows } = await server.pool.query("select label_cursor from decision order by seq");
  expect(rows).toEqual([{ label_cursor: 0 }, { label_cursor: 0 }, { label_cursor: 1 }]);
  const rates = (await valuesOf("merchant_fraud_rate_7d")).map(([, rate]) => Number(rate));
  expect(rates[2]).toBeGreaterThan(rates[1] ?? 1);
});

test("closing lets what is queued be decided and refuses what comes later", async () => {
  const queued = score({ id: "pay_1" }, { id: "pay_2" });
  await server.engine.close();
  expect(await queued).toMatchObject([{ outcome: "approve" }, { outcome: "approve" }]);
  expect(await score({ id: "pay_3" })).toMatchObject([{ status: 503 }]);
});
