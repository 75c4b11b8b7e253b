import { expect, test } from "vitest";
import { loadMapping } from "#server/services/import/load-mapping.ts";
import { openMappedFile } from "#server/services/import/mapped-rows.ts";
import { fileOf } from "#server/services/import/testing/temporary-folder.ts";
import type { ApiAnswer, ApiClient } from "./api-client.ts";
import { type SendCounts, sendPayments } from "./send-payments.ts";
import { sendReport } from "./send-report.ts";

type Call = { readonly path: string; readonly body: Record<string, unknown> };

const header = "TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_FRAUD";
const lines = Array.from(
  { length: 20 },
  (_, i) => `${i},2018-08-08 10:00:${10 + i},5,9,${i}.50,${Number(i % 5 === 0)}`,
);

const served = (body: Record<string, unknown>): ApiAnswer => ({
  ok: true,
  milliseconds: 5,
  body: {
    transactionId: body.id,
    score: 0.1,
    outcome: Number(body.amountMinor) > 1_500 ? "review" : "approve",
    reasons: [],
    rules: [],
    caseId: null,
    modelVersion: null,
    policyVersion: "1",
    featureSetVersion: "handbook@1",
    scoredAt: "2026-11-20T12:00:00.000Z",
  },
});

async function send(
  changes: {
    limit?: number;
    delayDays?: number | null;
    concurrency?: number;
    answer?: (call: Call) => ApiAnswer;
  } = {},
): Promise<{ calls: Call[]; counts: SendCounts; atOnce: number }> {
  const calls: Call[] = [];
  let [open, atOnce] = [0, 0];
  const client: ApiClient = {
    url: "http://scoring",
    post: async (path, body) => {
      const call = { path, body: body as Record<string, unknown> };
      calls.push(call);
      open += 1;
      atOnce = Math.max(atOnce, open);
      await new Promise(setImmediate);
      open -= 1;
      return changes.answer?.(call) ?? served(call.body);
    },
  };
  const now = new Date("2026-11-20T12:00:00Z");
  const counts = await sendPayments({
    file: await openMappedFile(fileOf([header, ...lines]), loadMapping("handbook"), { salt: "s", now }),
    client,
    limit: changes.limit ?? Number.POSITIVE_INFINITY,
    concurrency: changes.concurrency ?? 1,
    delayDays: changes.delayDays ?? null,
    now: () => now,
    onProgress: () => {},
    onRefused: () => {},
  });
  return { calls, counts, atOnce };
}

test("payments are sent in the order of the file, as the contract has them, and their labels never", async () => {
  const { calls, counts } = await send();
  expect(calls.map((call) => call.body.id)).toEqual(lines.map((_, i) => `hb_${i}`));
  expect(calls[3]).toEqual({
    path: "/v1/score",
    body: {
      id: "hb_3",
      occurredAt: "2018-08-08T10:00:13.000Z",
      amountMinor: 350,
      currency: "EUR",
      customerId: "cus_5",
      merchantId: "mer_9",
      attributes: {},
    },
  });
  expect(JSON.stringify(calls)).not.toMatch(/fraud|label/);
  expect(counts).toMatchObject({
    sent: 20,
    frauds: 4,
    labelsSent: 0,
    outcomes: { approve: 15, review: 5, decline: 0 },
  });
});

test("asked for, frauds come back as chargebacks after everything was scored, with their delay", async () => {
  const { calls, counts } = await send({ delayDays: 7 });
  expect(counts.labelsSent).toBe(4);
  expect(calls.slice(0, 20).every((call) => call.path === "/v1/score")).toBe(true);
  expect(calls[20]).toEqual({
    path: "/v1/labels",
    body: {
      transactionId: "hb_0",
      label: "fraud",
      source: "chargeback",
      occurredAt: "2018-08-15T10:00:10.000Z",
    },
  });
});

test("a limit ends the sending, and no more are under way at once than asked for", async () => {
  const { counts, atOnce } = await send({ limit: 11, concurrency: 3 });
  expect(counts.sent).toBe(11);
  expect(atOnce).toBe(3);
});

test("refused payments are counted by their problem and bring no chargeback", async () => {
  const answer = ({ body }: Call): ApiAnswer =>
    body.id === "hb_5" ? { ok: false, status: 409, problem: "another payment has this id" } : served(body);
  const { calls, counts } = await send({ answer, delayDays: 7 });
  expect(counts.problems).toEqual(new Map([["409: another payment has this id", 1]]));
  expect(
    calls.filter((call) => call.path === "/v1/labels").map((call) => call.body.transactionId),
  ).not.toContain("hb_5");
  const report = sendReport(counts).join("\n");
  expect(report).toContain("1 × 409: another payment has this id");
  expect(report).toMatch(/Latency p50 5\.0 ms, p99 5\.0 ms/);
});
