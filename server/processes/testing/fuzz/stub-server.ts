import { randomBytes } from "node:crypto";
import type { AddressInfo } from "node:net";
import { openPool } from "#server/db/pool.ts";
import type { AcceptedPayment } from "#server/scoring/accepted-payment.ts";
import { examples } from "#server/scoring/http/contract/examples.ts";
import { buildServer } from "#server/scoring/http/server.ts";
import { createMetrics } from "#server/scoring/metrics.ts";
import type { Settle } from "#server/scoring/payment-queue.ts";
import { problemOf } from "#server/scoring/problems.ts";
import { createScoringService, type ScoringService } from "#server/scoring/scoring-service.ts";
import type { Target } from "./exchange.ts";

/** The real HTTP server, whose decisions are remembered and not made: no engine, no database. */
export async function startStubServer(): Promise<Target & { close(): Promise<void> }> {
  const key = randomBytes(16).toString("hex");
  const now = (): Date => new Date();
  const app = buildServer({
    service: rememberingService(now),
    metrics: createMetrics(
      { queueDepth: () => 0, storeSize: () => 0, storeBytes: () => 0, ready: () => true },
      false,
    ),
    isCrowded: () => false,
    missing: async () => [],
    authenticate: async ({ authorization }) =>
      authorization === `Bearer ${key}`
        ? { actor: { kind: "system", name: "fuzz" }, scopes: ["score", "label"] }
        : null,
    recordLabel: async (_actor, { transactionId, label, source, occurredAt }) => {
      const at = new Date(occurredAt).toISOString();
      return { transactionId, label, source, occurredAt: at, recordedAt: now().toISOString() };
    },
    now,
    onError: () => {},
  });
  await app.listen({ port: 0, host: "127.0.0.1" });
  const { port } = app.server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, key, close: () => app.close() };
}

type Remembered = { readonly hash: string; readonly response: string };

function rememberingService(now: () => Date): ScoringService {
  const decisions = new Map<string, Remembered>();
  const submit = (payments: readonly AcceptedPayment[], settle: Settle): void => {
    for (const [place, { event, requestHash }] of payments.entries()) {
      const hash = Buffer.from(requestHash).toString("hex");
      const known = decisions.get(event.id) ?? { hash, response: answerOf(event.id) };
      decisions.set(event.id, known);
      settle(known.hash === hash ? { response: known.response } : { problem: problemOf("conflict") }, place);
    }
  };
  const find = async (_text: string, [id = ""]: readonly string[]): Promise<{ rows: Remembered[] }> => {
    const known = decisions.get(id);
    return { rows: known === undefined ? [] : [known] };
  };
  const pool = Object.assign(openPool("postgresql://nobody@127.0.0.1:1/none", 1), { query: find });
  return createScoringService(submit, pool, now);
}

function answerOf(transactionId: string): string {
  return JSON.stringify({ ...examples.decision, transactionId });
}
