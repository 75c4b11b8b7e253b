import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { handMadeArtifact, promoteArtifact } from "../testing/champion.ts";
import { type FlakyDatabase, flakyDatabase } from "../testing/flaky-database.ts";
import { paymentBody } from "../testing/payments.ts";
import { startTestServer, type TestServer } from "../testing/scoring-server.ts";
import { DocumentedApi, type Observed } from "./testing/documented.ts";

const api = new DocumentedApi();
let database: TestDatabase;
let way: FlakyDatabase;
let server: TestServer;
let away: TestServer;
let keys: Record<"both" | "none" | "scoreOnly" | "labelOnly" | "away", Record<string, string>>;
const json = { "content-type": "application/json" };

beforeAll(async () => {
  database = await createTestDatabase();
  way = await flakyDatabase(database.url);
  server = await startTestServer(database.url, {
    recordLabel: async (_actor, { transactionId, label, source, occurredAt }) => {
      if (transactionId === "pay_none") throw new ServiceError("not_found", "There is no transaction.");
      if (transactionId === "pay_bug") throw new TypeError("a bug");
      if (transactionId === "pay_away") throw new ServiceError("unavailable", "The database is away.");
      const at = new Date(occurredAt).toISOString();
      return { transactionId, label, source, occurredAt: at, recordedAt: "2026-11-20T10:16:00.000Z" };
    },
  });
  await promoteArtifact(server.pool, handMadeArtifact());
  await server.engine.follow("serving");
  keys = {
    both: await server.headers("score", "label"),
    none: json,
    scoreOnly: await server.headers("score"),
    labelOnly: await server.headers("label"),
    away: await server.headers("score", "label"),
  };
  away = await startTestServer(way.url);
});
afterAll(async () => {
  way.set("open");
  await away.close();
  await server.close();
  await way.close();
  await database.drop();
});

type Sent = {
  readonly key?: keyof typeof keys;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  readonly raw?: string | Buffer;
  readonly to?: TestServer;
};

async function send(method: string, url: string, sent: Sent = {}): Promise<Observed> {
  const { key = "both", headers = {}, body, raw, to = server } = sent;
  const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await to.app.inject({
    method: method as "GET",
    url,
    headers: { ...keys[key], ...headers },
    ...(payload === undefined ? {} : { payload }),
  });
  return { status: response.statusCode, headers: response.headers, body: response.body };
}

const label = (transactionId: string) => ({
  transactionId,
  label: "fraud",
  source: "chargeback",
  occurredAt: "2026-11-20T10:00:00Z",
});
const visa = "4111111111111111";
const pay = (id: string, changes: object = {}) => paymentBody({ id, ...changes });
const large = JSON.stringify({ id: "x".repeat(1024 * 1024) });
const largeBatch = JSON.stringify(["x".repeat(8 * 1024 * 1024)]);

const plain: readonly (readonly [number, string, string, string, Sent])[] = [
  [200, "post", "/v1/score", "/v1/score", { body: pay("pay_1") }],
  [200, "post", "/v1/score", "/v1/score", { body: pay("pay_2", { amountMinor: 90_000 }) }],
  [409, "post", "/v1/score", "/v1/score", { body: pay("pay_1", { amountMinor: 5 }) }],
  [
    200,
    "post",
    "/v1/score/batch",
    "/v1/score/batch",
    { body: [pay("pay_3"), {}, pay("pay_1", { amountMinor: 5 })] },
  ],
  [200, "post", "/v1/score/batch", "/v1/score/batch", { body: [] }],
  [422, "post", "/v1/score/batch", "/v1/score/batch", { body: new Array(1_001).fill({}) }],
  [200, "get", "/v1/transactions/{id}", "/v1/transactions/pay_1", {}],
  [404, "get", "/v1/transactions/{id}", "/v1/transactions/pay_unknown", {}],
  [404, "get", "/v1/transactions/{id}", `/v1/transactions/${visa}`, {}],
  [400, "get", "/v1/transactions/{id}", "/v1/transactions/%zz", {}],
  [201, "post", "/v1/labels", "/v1/labels", { body: label("pay_1") }],
  [404, "post", "/v1/labels", "/v1/labels", { body: label("pay_none") }],
  [500, "post", "/v1/labels", "/v1/labels", { body: label("pay_bug") }],
  [503, "post", "/v1/labels", "/v1/labels", { body: label("pay_away") }],
  [200, "get", "/healthz", "/healthz", { key: "none" }],
  [200, "get", "/readyz", "/readyz", { key: "none" }],
  [200, "get", "/metrics", "/metrics", { key: "none" }],
  [200, "get", "/v1/openapi.json", "/v1/openapi.json", { key: "none" }],
  [200, "get", "/docs", "/docs", { key: "none" }],
];

test.each(plain)("%i of %s %s is as documented", async (status, method, path, url, sent) => {
  const observed = await send(method, url, sent);
  expect(observed.status).toBe(status);
  expect(api.faults(method, path, observed)).toEqual([]);
});

describe.each(["/v1/score", "/v1/score/batch", "/v1/labels"])("refusals of POST %s", (path) => {
  test.each<readonly [number, Sent]>([
    [400, { raw: "{" }],
    [400, { raw: "" }],
    [400, { raw: Buffer.from([0x22, 0xff, 0x22]) }],
    [401, { key: "none", raw: "{}" }],
    [403, { key: path === "/v1/labels" ? "scoreOnly" : "labelOnly", raw: "{}" }],
    [413, { raw: path === "/v1/score/batch" ? largeBatch : large }],
    [415, { raw: "{}", headers: { "content-type": "text/plain" } }],
    [422, { body: { note: visa } }],
    [422, { body: null }],
  ])("%i", async (status, sent) => {
    const observed = await send("post", path, sent);
    expect(observed.status).toBe(status);
    expect(api.faults("post", path, observed)).toEqual([]);
  });
});

test.each(["none", "labelOnly"] as const)("reading back with %s is refused as documented", async (key) => {
  const observed = await send("get", "/v1/transactions/pay_1", { key });
  expect(observed.status).toBe(key === "none" ? 401 : 403);
  expect(api.faults("get", "/v1/transactions/{id}", observed)).toEqual([]);
});

test("errors of the server's own are documented for every operation with a key", async () => {
  const broken = await startTestServer(database.url);
  broken.app.addHook("preHandler", () => Promise.reject(new TypeError("a bug")));
  const cases = [
    ["post", "/v1/score", "/v1/score", { body: pay("pay_b") }],
    ["post", "/v1/score/batch", "/v1/score/batch", { body: [pay("pay_b")] }],
    ["get", "/v1/transactions/{id}", "/v1/transactions/pay_b", {}],
  ] as const;
  for (const [method, path, url, sent] of cases) {
    const observed = await send(method, url, { ...sent, to: broken });
    expect(observed.status).toBe(500);
    expect(api.faults(method, path, observed)).toEqual([]);
  }
  await broken.close();
});

test("requests that reach no operation are answered as documented", async () => {
  for (const [method, url, status] of [
    ["get", "/v1/nothing", 404],
    ["get", `/v1/${visa}`, 404],
    ["put", "/v1/score", 405],
    ["options", "/v1/score", 405],
    ["get", "/%zz", 400],
  ] as const) {
    const observed = await send(method, url);
    expect([url, observed.status]).toEqual([url, status]);
    expect(api.faultsOutside(observed)).toEqual([]);
    expect(observed.body).not.toContain(visa);
  }
});

test("what is not HTTP is answered as documented", async () => {
  const { port } = new URL(await server.app.listen({ port: 0, host: "127.0.0.1" }));
  const socket = connect(Number(port), "127.0.0.1");
  socket.end("NONSENSE\r\n\r\n");
  const [head = "", body = ""] = (await socket.toArray()).join("").split("\r\n\r\n");
  const [line = "", ...fields] = head.split("\r\n");
  const headers = Object.fromEntries(fields.map((field) => field.toLowerCase().split(": ")));
  expect(api.faultsOutside({ status: Number(line.split(" ")[1]), headers, body })).toEqual([]);
});

describe("while the database is away", () => {
  beforeAll(async () => {
    await send("post", "/v1/score", { to: away, key: "away", body: pay("pay_warm") }); // the key is known from now on
    way.set("closed");
  });

  test.each([
    ["post", "/v1/score", "/v1/score", pay("pay_away")],
    ["post", "/v1/score/batch", "/v1/score/batch", [pay("pay_away_1"), pay("pay_away_2")]],
    ["get", "/v1/transactions/{id}", "/v1/transactions/pay_1", undefined],
    ["get", "/readyz", "/readyz", undefined],
  ])("503 of %s %s is as documented", async (method, path, url, body) => {
    const observed = await send(method, url, { to: away, key: "away", body });
    expect(observed.status).toBe(503);
    expect(api.faults(method, path, observed)).toEqual([]);
  });
});

test("a full queue is answered as documented", async () => {
  const small = await startTestServer(database.url, { queueCapacity: 1 });
  const observed = await send("post", "/v1/score/batch", { to: small, body: [pay("pay_x"), pay("pay_y")] });
  expect(JSON.parse(observed.body)).toMatchObject({ status: 503, type: "urn:assay:problem:overloaded" });
  expect(api.faults("post", "/v1/score/batch", observed)).toEqual([]);
  await small.close();
});

test("every answer of the document has been seen above", () => {
  expect([...api.unseen]).toEqual([]);
});

test("an answer that the document does not know is a fault, and so is a wrong one", () => {
  const headers = { "content-type": "application/json", "x-content-type-options": "nosniff" };
  expect(api.faults("post", "/v1/score", { status: 418, headers, body: "{}" })).not.toEqual([]);
  expect(api.faults("post", "/v1/score", { status: 200, headers, body: "{}" })).not.toEqual([]);
  expect(api.faults("get", "/healthz", { status: 200, headers: {}, body: '{"status":"up"}' })).not.toEqual(
    [],
  );
});
