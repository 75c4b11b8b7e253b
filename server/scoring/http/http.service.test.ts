import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { internalToken } from "#server/auth/secret.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import type { Actor } from "#server/domain/actor.ts";
import { Problem } from "#server/domain/problem.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { handMadeArtifact, promoteArtifact } from "../testing/champion.ts";
import { paymentBody } from "../testing/payments.ts";
import { startTestServer, type TestServer, testSecret } from "../testing/scoring-server.ts";

let database: TestDatabase;
let server: TestServer;
let both: Record<string, string>;
const labelled: Actor[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  server = await startTestServer(database.url, {
    recordLabel: async (actor, request) => {
      labelled.push(actor);
      if (request.transactionId === "pay_none")
        throw new ServiceError("not_found", "There is no transaction.");
      if (request.transactionId === "pay_bug") throw new TypeError("secret words");
      return { ...request, recordedAt: "2026-11-20T10:16:00.000Z" };
    },
  });
  await promoteArtifact(server.pool, handMadeArtifact());
  await server.engine.follow("serving");
  both = await server.headers("score", "label");
});
afterAll(async () => {
  await server.close();
  await database.drop();
});

type Method = "GET" | "POST" | "PUT" | "DELETE" | "PATCH";
const send = (method: Method, url: string, headers: Record<string, string>, payload?: string | Buffer) =>
  server.app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
const post = (url: string, body: unknown, headers = both) => send("POST", url, headers, JSON.stringify(body));

function expectProblem(response: Awaited<ReturnType<typeof send>>, status: number): Problem {
  expect(response.statusCode).toBe(status);
  expect(response.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
  const problem = Problem.parse(response.json());
  expect(problem.status).toBe(status);
  return problem;
}

describe("every error is a problem document", () => {
  test.each([
    ["an unknown address", 404, "GET", "/v1/nothing", ""],
    ["a wrong method", 405, "GET", "/v1/score", ""],
    ["another wrong method", 405, "DELETE", "/v1/transactions/pay_1", ""],
    ["half a JSON text", 400, "POST", "/v1/score", '{"id":'],
    ["an empty body", 400, "POST", "/v1/score", ""],
    ["an address that cannot be decoded", 400, "GET", "/v1/transactions/%zz", ""],
    ["an unknown transaction", 404, "GET", "/v1/transactions/pay_unknown", ""],
    ["an id that no transaction can have", 404, "GET", "/v1/transactions/a%00b", ""],
    ["a payment that is not valid", 422, "POST", "/v1/score", "{}"],
    ["a batch that is none", 422, "POST", "/v1/score/batch", "{}"],
    [
      "more than a thousand payments",
      422,
      "POST",
      "/v1/score/batch",
      JSON.stringify(new Array(1_001).fill({})),
    ],
    ["a body above 1 MiB", 413, "POST", "/v1/score", JSON.stringify({ id: "x".repeat(1024 * 1024) })],
    ["a batch above 8 MiB", 413, "POST", "/v1/score/batch", JSON.stringify(["x".repeat(8 * 1024 * 1024)])],
  ] as const)("%s", async (_name, status, method, url, payload) => {
    expectProblem(await send(method, url, both, payload), status);
  });

  test("another media type, or none", async () => {
    const { authorization = "" } = both;
    const text = JSON.stringify(paymentBody({ id: "pay_media" }));
    expectProblem(
      await send("POST", "/v1/score", { authorization, "content-type": "text/plain" }, text),
      415,
    );
    expectProblem(await send("POST", "/v1/score", { authorization }, Buffer.from(text)), 415);
    const charset = { authorization, "content-type": "application/json; charset=utf-8" };
    expect((await send("POST", "/v1/score", charset, text)).statusCode).toBe(200);
  });

  test("a body that is not UTF-8", async () => {
    expectProblem(await send("POST", "/v1/score", both, Buffer.from([0x22, 0xff, 0x22])), 400);
  });

  test("a wrong method is told the right ones", async () => {
    expect((await send("PUT", "/v1/score", both)).headers.allow).toBe("POST");
  });

  test("an error of the server's own tells nothing of itself, and is told to the log by its route alone", async () => {
    const response = await post("/v1/labels", label("pay_bug"));
    expect(JSON.stringify(expectProblem(response, 500))).not.toContain("secret words");
    expect(server.events.at(-1)).toContain("/v1/labels");
  });
});

describe("keys", () => {
  test.each([
    ["no credentials", {}],
    ["another scheme", { authorization: "Basic YTpi" }],
    ["an unknown key", { authorization: `Bearer assay_${"a".repeat(40)}` }],
    ["what is no key", { authorization: "Bearer something" }],
    ["a wrong internal token", { authorization: `Bearer ${internalToken("another secret")}` }],
  ])("%s is 401 with the way to authenticate, whatever the body", async (_name, headers) => {
    const response = await send("POST", "/v1/score", { ...headers, "content-type": "application/json" }, "{");
    expectProblem(response, 401);
    expect(response.headers["www-authenticate"]).toContain("Bearer");
  });

  test("a key without the scope is 403", async () => {
    const labelOnly = await server.headers("label");
    expectProblem(await post("/v1/score", paymentBody(), labelOnly), 403);
    expectProblem(await send("GET", "/v1/transactions/pay_1", labelOnly), 403);
    expectProblem(await post("/v1/labels", label("pay_1"), await server.headers("score")), 403);
  });

  test("a revoked key is refused within a second", async () => {
    const headers = await server.headers("score");
    const revokedId = "pay_revoked";
    expect((await post("/v1/score", paymentBody({ id: revokedId }), headers)).statusCode).toBe(200);
    await server.pool.query("update api_key set revoked_at = now() where id = (select max(id) from api_key)");
    await new Promise((later) => setTimeout(later, 1_000));
    expectProblem(await post("/v1/score", paymentBody({ id: revokedId }), headers), 401);
  });

  test("use of a key is noted", async () => {
    const { rows } = await server.pool.query(
      "select count(*) as n from api_key where last_used_at is not null",
    );
    expect(Number(rows[0].n)).toBeGreaterThan(0);
  });

  test("Assay's own processes may do everything, as themselves or for a user that exists", async () => {
    await server.pool.query(
      `insert into "user" (id, email, name, role, password_hash, created_at)
       values ('user_1', 'ana@example.com', 'Ana', 'analyst', '', now())`,
    );
    const own = { authorization: `Bearer ${internalToken(testSecret)}`, "content-type": "application/json" };
    expect((await post("/v1/labels", label("pay_1"), own)).statusCode).toBe(201);
    expect(labelled.at(-1)).toEqual({ kind: "system", name: "assay" });
    expect((await post("/v1/labels", label("pay_1"), { ...own, "x-assay-actor": "user_1" })).statusCode).toBe(
      201,
    );
    expect(labelled.at(-1)).toEqual({ kind: "user", id: "user_1", name: "Ana", role: "analyst" });
    expectProblem(await post("/v1/labels", label("pay_1"), { ...own, "x-assay-actor": "user_2" }), 403);
  });

  test("a caller's key cannot say that it calls for a user", async () => {
    await post("/v1/labels", label("pay_1"), { ...both, "x-assay-actor": "user_1" });
    expect(labelled.at(-1)).toMatchObject({ kind: "api_key" });
  });
});

function label(transactionId: string, changes: object = {}) {
  return {
    transactionId,
    label: "fraud",
    source: "chargeback",
    occurredAt: "2026-11-20T10:00:00Z",
    ...changes,
  };
}

describe("labels", () => {
  test("a label is answered with 201 and as it was recorded", async () => {
    const response = await post("/v1/labels", label("pay_1", { note: "10.4" }));
    expect(response.statusCode).toBe(201);
    expect(response.json()).toMatchObject({ transactionId: "pay_1", recordedAt: "2026-11-20T10:16:00.000Z" });
  });

  test.each([
    ["an unknown transaction", 404, label("pay_none")],
    ["a source that is not for callers", 422, label("pay_1", { source: "analyst" })],
    ["a time more than five minutes ahead", 422, label("pay_1", { occurredAt: "2026-11-20T10:22:00Z" })],
    ["a card number in the note", 422, label("pay_1", { note: "4111 1111 1111 1111" })],
    ["an unknown field", 422, label("pay_1", { more: 1 })],
  ])("%s is refused", async (_name, status, body) => {
    const problem = expectProblem(await post("/v1/labels", body), status);
    expect(JSON.stringify(problem)).not.toContain("1111");
  });
});

describe("batches", () => {
  test("results are in the order of the payments, each a decision or its own problem", async () => {
    const response = await post("/v1/score/batch", [
      paymentBody({ id: "batch_1" }),
      paymentBody({ id: "batch_2", amountMinor: -1 }),
      paymentBody({ id: "batch_3", attributes: { cvv: 123 } }),
      "nonsense",
      paymentBody({ id: "batch_1" }),
    ]);
    expect(response.statusCode).toBe(200);
    const results = response.json();
    expect(results).toMatchObject([
      { transactionId: "batch_1" },
      { status: 422, errors: [{ path: "/amountMinor" }] },
      { status: 422, type: "urn:assay:problem:card-data", errors: [{ path: "/attributes/cvv" }] },
      { status: 422 },
      { transactionId: "batch_1" },
    ]);
    expect(results[4]).toEqual(results[0]);
  });

  test("a thousand payments are taken, and none is too", async () => {
    const bodies = Array.from({ length: 1_000 }, (_, i) => paymentBody({ id: `thousand_${i}` }));
    const response = await post("/v1/score/batch", bodies);
    expect(response.json().map((result: { transactionId: string }) => result.transactionId)).toEqual(
      bodies.map((body) => body.id),
    );
    expect((await post("/v1/score/batch", [])).body).toBe("[]");
  });
});

describe("card numbers never enter", () => {
  test("a number is refused wherever it is, not repeated, and nothing is stored", async () => {
    const text = JSON.stringify(paymentBody({ id: "pay_card", attributes: { n: 0 } }));
    for (const literal of [
      "4111111111111111",
      '"4111 1111 1111 1111"',
      "6304000000000000000".replace(/0$/, "2"),
    ]) {
      const response = await send("POST", "/v1/score", both, text.replace('"n":0', `"n":${literal}`));
      const problem = expectProblem(response, 422);
      expect(problem.errors).toEqual([{ path: "/attributes/n", message: expect.any(String) }]);
      expect(response.body).not.toMatch(/1111|6304/);
    }
    const { rows } = await server.pool.query("select count(*) as n from transaction where id = 'pay_card'");
    expect(rows).toEqual([{ n: 0 }]);
    expect(server.events.join()).not.toContain("1111");
  });
});

describe("operations", () => {
  test("health, readiness, metrics and the description need no key", async () => {
    expect((await send("GET", "/healthz", {})).json()).toEqual({ status: "up" });
    expect((await send("GET", "/readyz", {})).json()).toEqual({ status: "ready" });
    expect((await send("GET", "/v1/openapi.json", {})).json().openapi).toBe("3.1.0");
    expect((await send("GET", "/docs", {})).headers["content-type"]).toContain("text/html");
    const metrics = (await send("GET", "/metrics", {})).body;
    expect(metrics).toContain('assay_decisions_total{outcome="approve",failed="false"}');
    for (const kind of ["card-data", "not-found", "unauthenticated", "forbidden", "malformed-json"]) {
      expect(metrics).toContain(`assay_problems_total{kind="${kind}"}`);
    }
    expect(metrics).not.toContain("pay_");
  });
});
