import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTRPCClient, httpBatchLink, TRPCClientError } from "@trpc/client";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { AppRouter } from "#server/api/root.ts";
import { internalToken } from "#server/auth/secret.ts";
import { freePort } from "#server/db/embedded/embedded-postgres.ts";
import { openPool } from "#server/db/pool.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { handMadeArtifact, promoteArtifact } from "#server/scoring/testing/champion.ts";
import { paymentBody } from "#server/scoring/testing/payments.ts";

const secret = "a secret for the tests of processes";
const authorization = `Bearer ${internalToken(secret)}`;
const headers = { authorization, "content-type": "application/json" };
const dataDir = mkdtempSync(join(tmpdir(), "assay-scoring-"));
let database: TestDatabase;
let child: ChildProcess;
let url: string;
let output = "";

beforeAll(async () => {
  database = await createTestDatabase();
  const pool = openPool(database.url, 1);
  await promoteArtifact(pool, handMadeArtifact());
  await pool.end();
  const port = await freePort(4_110);
  url = `http://127.0.0.1:${port}`;
  child = spawn(process.execPath, [join(import.meta.dirname, "scoring.ts")], {
    env: {
      ...process.env,
      NODE_ENV: "test",
      DATABASE_URL: database.url,
      SCORING_PORT: String(port),
      ASSAY_DATA_DIR: dataDir,
      AUTH_SECRET: secret,
    },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (text) => (output += String(text)));
  const [message] = await Promise.race([
    once(child, "message"),
    once(child, "exit").then(() => Promise.reject(new Error(`it ended:\n${output}`))),
  ]);
  expect(message).toEqual({ ready: true });
});
afterAll(async () => {
  child.kill("SIGKILL");
  await database.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

const post = (path: string, body: unknown) =>
  fetch(`${url}${path}`, { method: "POST", headers, body: JSON.stringify(body) });

test("a payment is scored and labelled over HTTP, the same label again gets the same answer", async () => {
  expect(await (await post("/v1/score", paymentBody({ id: "pay_http" }))).json()).toMatchObject({
    transactionId: "pay_http",
    outcome: "approve",
  });
  const label = {
    transactionId: "pay_http",
    label: "fraud",
    source: "chargeback",
    occurredAt: "2026-11-20T11:00:00Z",
  };
  const first = await post("/v1/labels", label);
  expect(first.status).toBe(201);
  const answer = await first.text();
  const second = await post("/v1/labels", label);
  expect([second.status, await second.text()]).toEqual([201, answer]);
  expect((await post("/v1/labels", { ...label, transactionId: "pay_none" })).status).toBe(404);
  expect(await database.db.label.count()).toBe(1);
});

test("the typed client reaches the same engine", async () => {
  const client = createTRPCClient<AppRouter>({
    links: [httpBatchLink({ url: `${url}/trpc`, headers: { authorization } })],
  });
  const body = { ...paymentBody({ id: "pay_trpc" }), currency: "EUR" } as Parameters<
    typeof client.transaction.score.mutate
  >[0];
  const answer = await client.transaction.score.mutate(body);
  expect(await (await fetch(`${url}/v1/transactions/pay_trpc`, { headers })).json()).toEqual(answer);
  expect(await client.transaction.byId.query("pay_trpc")).toEqual(answer);
  const refused = client.transaction.score.mutate({ ...body, amountMinor: -1 });
  await expect(refused).rejects.toThrow(/\/amountMinor/);
  await expect(client.transaction.byId.query("pay_none")).rejects.toThrow(TRPCClientError);
});

test("tRPC asks for a key too", async () => {
  const response = await fetch(`${url}/trpc/transaction.byId?input=%22pay_trpc%22`);
  expect(response.status).toBe(401);
  const unknownUser = await fetch(`${url}/trpc/transaction.byId?input=%22pay_trpc%22`, {
    headers: { authorization, "x-assay-actor": "nobody" },
  });
  expect(unknownUser.status).toBe(403);
});

test("what is not HTTP is answered by a problem document too", async () => {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.end("NONSENSE\r\n\r\n");
  const answer = (await socket.toArray()).join("");
  expect(answer).toMatch(/^HTTP\/1\.1 400 .*application\/problem\+json.*urn:assay:problem:bad-request/s);
});

test("a promotion is followed within seconds, without a restart", async () => {
  const pool = openPool(database.url, 1);
  const id = await promoteArtifact(pool, handMadeArtifact());
  await pool.end();
  await expect
    .poll(
      async () =>
        (
          await (
            await post("/v1/score", paymentBody({ id: `pay_${Math.random().toString(36).slice(2)}` }))
          ).json()
        ).modelVersion,
      {
        timeout: 6_000,
        interval: 300,
      },
    )
    .toBe(id);
});

test("asked to end it answers what is under way, keeps what it acknowledged, and exits with 0", async () => {
  const ids = Array.from({ length: 40 }, (_, i) => `pay_drain_${i}`);
  const answers = ids.map((id) =>
    post("/v1/score", paymentBody({ id })).then(
      (r) => r.status,
      () => null,
    ),
  );
  await new Promise((soon) => setTimeout(soon, 5));
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  const acknowledged = (await Promise.all(answers)).filter((status) => status === 200).length;
  expect(await exited).toEqual([0, null]);
  const stored = await database.db.decision.count({ where: { transactionId: { in: ids } } });
  expect(stored).toBeGreaterThanOrEqual(acknowledged);
  expect(output).not.toMatch(/pay_|cus_|"level":50/);
});
