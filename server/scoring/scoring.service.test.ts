import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
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
});
afterAll(async () => {
  await server.close();
  await database.drop();
});

let used = 0;
let id = "";
beforeEach(() => {
  id = `pay_${++used}`;
});

const score = (body: unknown) =>
  server.app.inject({ method: "POST", url: "/v1/score", headers, payload: JSON.stringify(body) });

test("before the first promotion every payment goes to review, and the server says what is missing", async () => {
  const response = await score(paymentBody({ id }));
  expect(response.statusCode).toBe(200);
  expect(response.json()).toMatchObject({
    transactionId: id,
    score: null,
    outcome: "review",
    reasons: [{ code: "model_unavailable" }],
    modelVersion: null,
  });
  const ready = await server.app.inject("/readyz");
  expect(ready.statusCode).toBe(503);
  expect(ready.json().detail).toContain("champion");
});

test("a promoted model decides from the next payment on, and the server is ready", async () => {
  const modelVersionId = await promoteArtifact(server.pool, handMadeArtifact());
  await server.engine.follow("serving");
  const response = await score(paymentBody({ id, amountMinor: 100 }));
  expect(response.json()).toMatchObject({ outcome: "approve", modelVersion: modelVersionId, caseId: null });
  expect((await server.app.inject("/readyz")).statusCode).toBe(200);
});

test("fifty of the same request at once get the same bytes, and there is one row", async () => {
  const body = paymentBody({ id, amountMinor: 90_000 });
  const reordered = Object.fromEntries(Object.entries(body).reverse());
  const responses = await Promise.all(
    Array.from({ length: 50 }, (_, i) => score(i % 2 === 0 ? body : reordered)),
  );
  expect(new Set(responses.map((r) => r.statusCode))).toEqual(new Set([200]));
  expect(new Set(responses.map((r) => r.body)).size).toBe(1);
  const { rows } = await server.pool.query("select count(*) as n from transaction where id = $1", [id]);
  expect(rows).toEqual([{ n: 1 }]);
  const served = await server.app.inject({ url: `/v1/transactions/${id}`, headers });
  expect(served.body).toBe(responses[0]?.body);
});

test("the same id with another body is a conflict, in a later request and in the same batch", async () => {
  await score(paymentBody({ id }));
  const later = await score(paymentBody({ id, amountMinor: 1_300 }));
  expect(later.statusCode).toBe(409);
  expect(later.headers["content-type"]).toContain("application/problem+json");
  const payload = JSON.stringify([
    paymentBody({ id: `${id}b` }),
    paymentBody({ id: `${id}b`, currency: "USD" }),
  ]);
  const batch = await server.app.inject({ method: "POST", url: "/v1/score/batch", headers, payload });
  expect(batch.json()).toMatchObject([{ transactionId: `${id}b` }, { status: 409 }]);
});

test("two payments of one customer in one batch see each other", async () => {
  const customerId = `cus_${id}`;
  const payload = JSON.stringify([
    paymentBody({ id, customerId }),
    paymentBody({ id: `${id}b`, customerId }),
  ]);
  await server.app.inject({ method: "POST", url: "/v1/score/batch", headers, payload });
  const { rows } = await server.pool.query<{ features: Buffer }>(
    "select features from decision where transaction_id = any($1) order by seq",
    [[id, `${id}b`]],
  );
  const place = handMadeArtifact().featureSet.definitions.findIndex((d) => d.name === "customer_count_1h");
  expect(rows.map((row) => row.features.readDoubleLE(place * 8))).toEqual([0, 1]);
});

test("a review opens a case with its first event and tells webhooks, in the transaction of the decision", async () => {
  const answer = (await score(paymentBody({ id, amountMinor: 60_000, customerId: `cus_${id}` }))).json();
  expect(answer.outcome).toBe("review");
  expect(answer.reasons[0]).toMatchObject({ code: "amount" });
  const { rows } = await server.pool.query(
    `select c.id, c.status, c.origin, c.score, c.top_reason, e.kind from "case" c
     join case_event e on e.case_id = c.id where c.transaction_id = $1`,
    [id],
  );
  expect(rows).toEqual([
    {
      id: answer.caseId,
      status: "open",
      origin: "policy",
      score: answer.score,
      top_reason: answer.reasons[0].text,
      kind: "opened",
    },
  ]);
  const told = await server.pool.query(
    "select type, payload from outbox_event where payload->>'transactionId' = $1",
    [id],
  );
  expect(told.rows).toEqual([{ type: "decision.review", payload: answer }]);
});
