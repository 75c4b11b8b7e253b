import { createTRPCClient, httpBatchLink, TRPCClientError } from "@trpc/client";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { AppRouter } from "#server/api/root.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import type { LabelRequest, ScoreRequest } from "#server/domain/transaction.ts";
import { paymentBody } from "#server/scoring/testing/payments.ts";
import { type ScoringProcess, startScoringProcess } from "./testing/scoring-process.ts";

let database: TestDatabase;
let scoring: ScoringProcess;
let trpc: ReturnType<typeof createTRPCClient<AppRouter>>;

beforeAll(async () => {
  database = await createTestDatabase();
  scoring = await startScoringProcess(database.url);
  trpc = clientWith(scoring.key);
});
afterAll(async () => {
  await scoring.stop();
  await database.drop();
});

function clientWith(key: string) {
  const headers = { authorization: `Bearer ${key}` };
  return createTRPCClient<AppRouter>({ links: [httpBatchLink({ url: `${scoring.url}/trpc`, headers })] });
}

async function http(path: string, body?: unknown): Promise<{ status: number; answer: unknown }> {
  const headers = { authorization: `Bearer ${scoring.key}`, "content-type": "application/json" };
  const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const response = await fetch(`${scoring.url}${path}`, { ...init, headers });
  return { status: response.status, answer: await response.json() };
}

const payment = (changes: object): ScoreRequest => paymentBody({ ...changes }) as ScoreRequest;
const label = (changes: object = {}): LabelRequest => ({
  transactionId: "twin_1",
  label: "fraud",
  source: "chargeback",
  occurredAt: "2026-11-20T11:00:00Z",
  ...changes,
});

/** How tRPC refused: the status and the places that it names, in its message or its fields. */
async function refusalOf(call: Promise<unknown>): Promise<{ status: number; text: string }> {
  const error = await call.then(
    () => null,
    (refused: unknown) => refused,
  );
  if (!(error instanceof TRPCClientError)) throw new Error(`not refused: ${String(error)}`);
  return { status: error.data.httpStatus, text: JSON.stringify([error.message, error.data.fields]) };
}

test("transaction.score gives the decision that HTTP gives, whichever is asked first", async () => {
  const [one, other] = [payment({ id: "twin_1" }), payment({ id: "twin_2", amountMinor: 80_000 })];
  const overTrpc = await trpc.transaction.score.mutate(one);
  expect(await http("/v1/score", one)).toEqual({ status: 200, answer: overTrpc });
  const { answer } = await http("/v1/score", other);
  expect(await trpc.transaction.score.mutate(other)).toEqual(answer);
  expect(await database.db.transaction.count()).toBe(2);
});

test("transaction.scoreBatch gives the results that HTTP gives, refusals among them", async () => {
  const batch = [
    payment({ id: "twin_3" }),
    payment({ id: "twin_1", amountMinor: 7 }),
    payment({ id: "twin_4", amountMinor: -1 }),
    payment({ id: "twin_5", attributes: { note: "4111 1111 1111 1111" } }),
    payment({ id: "twin_1" }),
  ];
  const overTrpc = await trpc.transaction.scoreBatch.mutate(batch);
  expect(await http("/v1/score/batch", batch)).toEqual({ status: 200, answer: overTrpc });
  expect(overTrpc).toMatchObject([
    { transactionId: "twin_3" },
    { status: 409 },
    { status: 422 },
    { status: 422 },
    { transactionId: "twin_1" },
  ]);
});

test("transaction.byId gives what HTTP reads back", async () => {
  const { answer } = await http("/v1/transactions/twin_1");
  expect(await trpc.transaction.byId.query("twin_1")).toEqual(answer);
});

test("label.record records the one label that HTTP records", async () => {
  const overTrpc = await trpc.label.record.mutate(label());
  expect(await http("/v1/labels", label())).toEqual({ status: 201, answer: overTrpc });
  expect(await database.db.label.count()).toBe(1);
});

test.each([
  ["another body under the same id", payment({ id: "twin_1", amountMinor: 7 }), 409, 409, ""],
  ["a wrong field", payment({ id: "twin_6", amountMinor: -1 }), 422, 400, "/amountMinor"],
  ["an unknown field", payment({ id: "twin_6", more: 1 }), 422, 400, "/more"],
  ["a card number", payment({ id: "twin_6", cardToken: "4111111111111111" }), 422, 400, "/cardToken"],
  ["a time ahead", payment({ id: "twin_6", occurredAt: "2999-01-01T00:00:00Z" }), 422, 400, "/occurredAt"],
])("scoring %s is refused alike, with the same place", async (_name, body, overHttp, overTrpc, place) => {
  const { status, answer } = await http("/v1/score", body);
  const refusal = await refusalOf(trpc.transaction.score.mutate(body));
  expect([status, refusal.status]).toEqual([overHttp, overTrpc]);
  expect(JSON.stringify(answer)).toContain(place);
  expect(refusal.text).toContain(place);
});

test.each([
  ["an unknown transaction", { transactionId: "twin_none" }, 404, 404],
  ["a source that is not for callers", { source: "analyst" }, 422, 400],
  ["a time ahead", { occurredAt: "2999-01-01T00:00:00Z" }, 422, 400],
  ["a card number in the note", { note: "4111 1111 1111 1111" }, 422, 400],
  ["an unknown field", { more: 1 }, 422, 400],
])("labelling %s is refused alike", async (_name, changes, overHttp, overTrpc) => {
  const { status, answer } = await http("/v1/labels", label(changes));
  const refusal = await refusalOf(trpc.label.record.mutate(label(changes)));
  expect([status, refusal.status]).toEqual([overHttp, overTrpc]);
  expect(JSON.stringify(answer) + refusal.text).not.toMatch(/twin_none|1111/);
});

test("an unknown decision and an unknown key are refused alike", async () => {
  expect((await http("/v1/transactions/twin_none")).status).toBe(404);
  expect((await refusalOf(trpc.transaction.byId.query("twin_none"))).status).toBe(404);
  const stranger = clientWith(`assay_${"a".repeat(40)}`);
  expect((await refusalOf(stranger.transaction.byId.query("twin_1"))).status).toBe(401);
  expect((await refusalOf(stranger.label.record.mutate(label()))).status).toBe(401);
});
