import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openPool } from "#server/db/pool.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { handMadeArtifact, promoteArtifact } from "./testing/champion.ts";
import { type FlakyDatabase, flakyDatabase } from "./testing/flaky-database.ts";
import { paymentBody } from "./testing/payments.ts";
import { startTestServer, type TestServer } from "./testing/scoring-server.ts";

let database: TestDatabase;
let flaky: FlakyDatabase;
let server: TestServer;
let headers: { authorization: string; "content-type": string };
const countPlace = handMadeArtifact().featureSet.definitions.findIndex((d) => d.name === "customer_count_1h");

beforeEach(async () => {
  database = await createTestDatabase();
  const pool = openPool(database.url, 1);
  await promoteArtifact(pool, handMadeArtifact());
  await pool.end();
  flaky = await flakyDatabase(database.url);
  server = await startTestServer(flaky.url);
  headers = await server.headers("score");
});
afterEach(async () => {
  flaky.set("open");
  await server.close();
  await flaky.close();
  await database.drop();
});

const post = (id: string) =>
  server.app.inject({
    method: "POST",
    url: "/v1/score",
    headers,
    payload: JSON.stringify(paymentBody({ id })),
  });

async function timedPost(id: string) {
  const start = performance.now();
  const response = await post(id);
  return { response, ms: performance.now() - start };
}

async function untilScored(id: string): Promise<string> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const response = await post(id);
    if (response.statusCode === 200) return response.body;
    await sleep(100);
  }
  throw new Error("the server did not come back");
}

async function earlierPaymentsSeenBy(id: string): Promise<number | undefined> {
  const { rows } = await server.pool.query<{ features: Buffer }>(
    "select features from decision where transaction_id = $1",
    [id],
  );
  return rows[0]?.features.readDoubleLE(countPlace * 8);
}

test("with the database gone every payment gets 503 with Retry-After at once, and scoring comes back unaided", async () => {
  expect((await post("before")).statusCode).toBe(200);
  flaky.set("closed");
  for (const id of ["gone_1", "gone_2"]) {
    const { response, ms } = await timedPost(id);
    expect(response.statusCode).toBe(503);
    expect(response.headers["retry-after"]).toBe("1");
    expect(response.json().type).toBe("urn:assay:problem:unavailable");
    expect(ms).toBeLessThan(2_000);
  }
  expect((await server.app.inject("/readyz")).json().detail).toContain("database");
  expect((await server.app.inject("/healthz")).statusCode).toBe(200);
  flaky.set("open");
  await untilScored("gone_1");
  expect(await earlierPaymentsSeenBy("gone_1")).toBe(1); // "before" alone: what was refused left no trace
});

test("with the database frozen every payment gets 503 within two seconds, and scoring comes back unaided", async () => {
  expect((await post("before")).statusCode).toBe(200);
  flaky.set("silent");
  const answers = await Promise.all(["frozen_1", "frozen_2", "frozen_3"].map(timedPost));
  for (const { response, ms } of answers) {
    expect(response.statusCode).toBe(503);
    expect(ms).toBeLessThan(2_000);
  }
  flaky.set("open");
  await untilScored("frozen_1");
});

test("a commit whose answer was lost is found again: stored answer, one row, and features that count it once", async () => {
  await post("before");
  flaky.loseAnswerTo("write-decisions");
  const { response, ms } = await timedPost("lost");
  expect(response.statusCode).toBe(503);
  expect(ms).toBeLessThan(2_000);
  flaky.set("open");
  const body = await untilScored("lost");
  const { rows } = await server.pool.query("select response from decision where transaction_id = 'lost'");
  expect(rows).toEqual([{ response: body }]);
  await untilScored("after");
  expect(await earlierPaymentsSeenBy("after")).toBe(2); // "before" and "lost"
});

test("a statement that never reached the database leaves no trace once the old session is gone", async () => {
  await post("before");
  const waiting = timedPost("unsent");
  flaky.set("silent");
  expect((await waiting).response.statusCode).toBe(503);
  flaky.set("open");
  await untilScored("after");
  const { rows } = await server.pool.query("select id from transaction order by seq");
  expect(rows.map((row) => row.id)).toEqual(["before", "after"]);
  expect(await earlierPaymentsSeenBy("after")).toBe(1);
});

test("a connection that breaks while nothing is asked is noticed, and replaced before the next payment", async () => {
  flaky.set("closed");
  await expect.poll(async () => (await server.app.inject("/readyz")).statusCode).toBe(503);
  flaky.set("open");
  await expect
    .poll(async () => (await server.app.inject("/readyz")).statusCode, { timeout: 5_000 })
    .toBe(200);
  expect((await post("after")).statusCode).toBe(200);
});

test("a database that freezes while nothing is asked is told by readyz", async () => {
  flaky.set("silent");
  const response = await server.app.inject("/readyz");
  expect(response.json().detail).toContain("database");
});

test("a server that starts while the database is away waits for it", async () => {
  flaky.set("closed");
  const starting = startTestServer(flaky.url);
  await sleep(600);
  flaky.set("open");
  const second = await starting;
  expect(await second.engine.missing()).toEqual([]);
  await second.close();
});
