import { randomBytes } from "node:crypto";
import type { FastifyInstance } from "fastify";
import type { Pool } from "pg";
import { generateApiKey } from "#server/auth/api-key.ts";
import { createApiKeyVerifier } from "#server/auth/api-key-verifier.ts";
import { openPool } from "#server/db/pool.ts";
import type { Scope } from "#server/domain/permission.ts";
import type { LabelResponse } from "#server/domain/transaction.ts";
import { apiKeyStore, authenticate } from "../authentication.ts";
import { ScoringEngine } from "../engine.ts";
import type { FeatureStore } from "../feature-store/feature-store.ts";
import type { RecordLabel } from "../http/label-route.ts";
import { buildServer } from "../http/server.ts";
import { createScoringService, type ScoringService } from "../scoring-service.ts";
import { uuidV7 } from "../uuid-v7.ts";

export const testSecret = "a secret of the tests, long enough";
const testNow = new Date("2026-11-20T10:16:00Z");

export type TestServer = {
  readonly pool: Pool;
  readonly engine: ScoringEngine;
  readonly service: ScoringService;
  readonly app: FastifyInstance;
  readonly events: string[];
  /** Headers of a key with these scopes. */
  headers(...scopes: Scope[]): Promise<{ authorization: string; "content-type": string }>;
  close(): Promise<void>;
};

export type TestServerOptions = {
  readonly queueCapacity?: number;
  readonly recordLabel?: RecordLabel;
  readonly store?: FeatureStore;
};

/** A scoring server over a test's database, without a port: requests go in by `app.inject`. */
export async function startTestServer(url: string, options: TestServerOptions = {}): Promise<TestServer> {
  const pool = openPool(url, 4, () => {}, 5_000);
  const events: string[] = [];
  const { queueCapacity, recordLabel = noLabels, store } = options;
  const engine = new ScoringEngine({
    databaseUrl: url,
    pool,
    now: () => testNow,
    onEvent: (_level, message, error) =>
      events.push(error instanceof Error ? `${message}: ${error.message}` : message),
    ...(queueCapacity === undefined ? {} : { queueCapacity }),
    ...(store === undefined ? {} : { store }),
  });
  await engine.start();
  const service = createScoringService(
    (payments, settle) => engine.submit(payments, settle),
    pool,
    () => testNow,
  );
  const verifier = createApiKeyVerifier(apiKeyStore(pool), {
    elapsedMs: () => performance.now(),
    now: () => new Date(),
  });
  const app = buildServer({
    service,
    metrics: engine.metrics,
    missing: () => engine.missing(),
    authenticate: (credentials) => authenticate(credentials, { verifier, secret: testSecret, pool }),
    isCrowded: () => engine.isCrowded,
    recordLabel,
    now: () => testNow,
    onError: (route, error) => events.push(`${route}: ${String(error)}`),
  });
  return {
    pool,
    engine,
    service,
    app,
    events,
    async headers(...scopes) {
      const { key, prefix, hash } = generateApiKey(randomBytes);
      await pool.query(
        "insert into api_key (id, name, prefix, hash, scopes, created_at) values ($1, $1, $2, $3, $4, now())",
        [uuidV7(Date.now()), prefix, Buffer.from(hash), scopes],
      );
      return { authorization: `Bearer ${key}`, "content-type": "application/json" };
    },
    async close() {
      await app.close();
      await engine.close();
      await pool.end();
    },
  };
}

const noLabels: RecordLabel = (): Promise<LabelResponse> =>
  Promise.reject(new Error("no labels in this test"));
