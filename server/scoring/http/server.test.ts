import { once } from "node:events";
import { type AddressInfo, connect } from "node:net";
import { text } from "node:stream/consumers";
import type { FastifyInstance } from "fastify";
import { Pool } from "pg";
import { afterEach, describe, expect, test } from "vitest";
import { createMetrics } from "../metrics.ts";
import type { Settle } from "../payment-queue.ts";
import { createScoringService } from "../scoring-service.ts";
import { paymentBody } from "../testing/payments.ts";
import { buildServer } from "./server.ts";

const now = new Date("2026-11-20T10:16:00Z");
const nothing = { queueDepth: () => 0, storeSize: () => 0, storeBytes: () => 0, ready: () => true };
const open: FastifyInstance[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((app) => app.close()));
});

/** A server whose engine does as told, and whose callers may all do everything. */
function serverWith(
  decide: (settle: Settle, place: number) => void,
  errors: unknown[] = [],
): FastifyInstance {
  const app = buildServer({
    service: createScoringService(
      (payments, settle) => {
        for (const place of payments.keys()) decide(settle, place);
      },
      new Pool({ host: "127.0.0.1", port: 1 }), // never asked
      () => now,
    ),
    metrics: createMetrics(nothing, false),
    isCrowded: () => false,
    missing: async () => [],
    authenticate: () => ({ actor: { kind: "system", name: "test" }, scopes: ["score"] }),
    recordLabel: () => Promise.reject(new Error("no labels")),
    now: () => now,
    onError: (route, error) => errors.push([route, error]),
  });
  open.push(app);
  return app;
}

const answering = (settle: Settle, place: number): void => settle({ response: '{"a":1}' }, place);

function post(app: FastifyInstance, url: string, payload: string) {
  return app.inject({ method: "POST", url, headers: { "content-type": "application/json" }, payload });
}

test("an answer is sent as it was stored, whenever the verdict comes", async () => {
  const app = serverWith((settle, place) => setImmediate(() => answering(settle, place)));
  const response = await post(app, "/v1/score", JSON.stringify(paymentBody()));
  expect([response.statusCode, response.body]).toEqual([200, '{"a":1}']);
  expect(response.headers).toMatchObject({
    "content-type": "application/json; charset=utf-8",
    "x-content-type-options": "nosniff",
  });
});

test("an engine that breaks is a problem document and an error in the log, not a crash", async () => {
  const errors: unknown[] = [];
  const app = serverWith(() => {
    throw new TypeError("secret words");
  }, errors);
  const response = await post(app, "/v1/score", JSON.stringify(paymentBody()));
  expect(response.statusCode).toBe(500);
  expect(response.body).not.toContain("secret");
  expect(errors).toEqual([["/v1/score", expect.any(TypeError)]]);
});

test("problems are counted by kind, whoever answered them", async () => {
  const app = serverWith(answering);
  await post(app, "/v1/score", "{}");
  await post(app, "/v1/score", "{");
  await post(app, "/v1/nothing", "{}");
  await post(app, "/v1/score/batch", "[{}]");
  const { body } = await app.inject({ url: "/metrics" });
  expect(body).toContain('assay_problems_total{kind="invalid"} 2');
  expect(body).toContain('assay_problems_total{kind="malformed-json"} 1');
  expect(body).toContain('assay_problems_total{kind="not-found"} 1');
});

describe("a batch", () => {
  const one = JSON.stringify(paymentBody());
  test.each([
    ["broken in its last payment", `[${one},{"id":]`, 400],
    ["without an end", `[${one}`, 400],
    ["with something after it", `[${one}] 1`, 400],
    ["that is broken and no array", '{"a":', 400],
    ["that is no array", '"text"', 422],
    ["of a thousand and one", `[${new Array(1_001).fill("{}").join()}]`, 422],
  ])("%s is refused as a whole, before anything is decided", async (_name, payload, status) => {
    let decided = 0;
    const app = serverWith((settle, place) => {
      decided++;
      answering(settle, place);
    });
    const response = await post(app, "/v1/score/batch", payload);
    expect([response.statusCode, decided]).toEqual([status, 0]);
  });

  test("with spaces, a byte order mark and card numbers is read like any body", async () => {
    const app = serverWith(answering);
    const card = JSON.stringify(paymentBody({ attributes: { n: 0 } })).replace(
      '"n":0',
      '"n":4111111111111111',
    );
    const response = await post(app, "/v1/score/batch", `\uFEFF [\n${one} , ${card}\t]\r\n`);
    expect(response.json()).toMatchObject([{ a: 1 }, { errors: [{ path: "/attributes/n" }] }]);
    expect(response.body).not.toContain("1111");
  });
});

describe("connections", () => {
  test("are bounded in number and in time", () => {
    const { server } = serverWith(answering);
    expect(server.maxConnections).toBeGreaterThan(1_000);
    for (const limit of [server.headersTimeout, server.requestTimeout, server.keepAliveTimeout]) {
      expect(limit).toBeGreaterThan(0);
    }
  });

  test("that send more headers than may be are answered and closed", async () => {
    const app = serverWith(answering);
    await app.listen({ host: "127.0.0.1", port: 0 });
    const socket = connect((app.server.address() as AddressInfo).port, "127.0.0.1");
    await once(socket, "connect");
    socket.write(`GET /healthz HTTP/1.1\r\nhost: a\r\nx-long: ${"a".repeat(20_000)}\r\n\r\n`);
    expect(await text(socket)).toContain("urn:assay:problem:bad-request");
  });

  test("whose caller is gone cost nobody else their answer", async () => {
    const verdicts: (() => void)[] = [];
    const app = serverWith((settle, place) => verdicts.push(() => answering(settle, place)));
    await app.listen({ host: "127.0.0.1", port: 0 });
    const socket = connect((app.server.address() as AddressInfo).port, "127.0.0.1");
    const body = JSON.stringify(paymentBody());
    socket.write(
      `POST /v1/score HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    const other = post(app, "/v1/score", body);
    while (verdicts.length < 2) await new Promise(setImmediate);
    socket.destroy();
    await once(socket, "close");
    for (const tell of verdicts) tell();
    expect((await other).statusCode).toBe(200);
  });
});
