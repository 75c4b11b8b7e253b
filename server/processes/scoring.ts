import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { TRPCError } from "@trpc/server";
import { type FastifyTRPCPluginOptions, fastifyTRPCPlugin } from "@trpc/server/adapters/fastify";
import { type AppRouter, appRouter } from "#server/api/root.ts";
import { translateError } from "#server/api/translate-error.ts";
import { createApiKeyVerifier } from "#server/auth/api-key-verifier.ts";
import { authSecret } from "#server/auth/secret.ts";
import { openArtifacts } from "#server/db/artifacts/open-artifacts.ts";
import { openDatabase } from "#server/db/client.ts";
import { openPool } from "#server/db/pool.ts";
import { readEnvironment } from "#server/env.ts";
import { apiKeyStore, authenticate } from "#server/scoring/authentication.ts";
import { ScoringEngine } from "#server/scoring/engine.ts";
import { MemoryStore } from "#server/scoring/feature-store/memory-store.ts";
import { RedisStore } from "#server/scoring/feature-store/redis-store.ts";
import { followChanges } from "#server/scoring/follow-changes.ts";
import { type Authenticate, credentialsOf } from "#server/scoring/http/access.ts";
import type { RecordLabel } from "#server/scoring/http/label-route.ts";
import { buildServer } from "#server/scoring/http/server.ts";
import type { OnEvent } from "#server/scoring/live-state.ts";
import { recordTimes } from "#server/scoring/record-times.ts";
import { createScoringService } from "#server/scoring/scoring-service.ts";
import { installationOf } from "#server/scoring/scoring-turn.ts";
import { openSnapshots } from "#server/scoring/snapshot/snapshots.ts";
import { type Snapshotting, startSnapshotting } from "#server/scoring/snapshot/snapshotting.ts";
import { recordLabel } from "#server/services/label/index.ts";
import { databaseUrl } from "./database-url.ts";
import { announceReady, drainOnSignal } from "./lifecycle.ts";
import { processLog } from "./process-log.ts";

const POOL_SIZE = 6;
const QUERY_LIMIT_MS = 10_000;
const SNAPSHOT_FILE = resolve(import.meta.dirname, "snapshot.ts");

/** The scoring server: engine, HTTP API and tRPC on one port. It listens at once and decides as soon as it can. */
const env = readEnvironment();
const url = await databaseUrl(env);
openArtifacts(env);

const log = processLog("scoring", env.LOG_LEVEL);
const now = (): Date => new Date();
const pool = openPool(url, POOL_SIZE, (err) => log.warn({ err }, "a connection broke"), QUERY_LIMIT_MS);
const db = openDatabase(url, 4);
const tell: OnEvent = (level, message, err) =>
  log[level](err === undefined ? {} : { err: nameOf(err) }, message);
const childEnv = { ...process.env, DATABASE_URL: url };
const snapshots = openSnapshots({ dataDir: env.ASSAY_DATA_DIR, onEvent: tell });
const store =
  env.REDIS_URL === undefined
    ? new MemoryStore()
    : new RedisStore({ url: env.REDIS_URL, installation: () => installationOf(pool), onEvent: tell });
const engine = new ScoringEngine({
  databaseUrl: url,
  pool,
  store,
  now,
  onEvent: tell,
  snapshots,
});
const service = createScoringService((payments, settle) => engine.submit(payments, settle), pool, now);
const verifier = createApiKeyVerifier(apiKeyStore(pool), {
  elapsedMs: () => performance.now(),
  now: () => new Date(),
});
const secret = authSecret(env);
const authenticateCaller: Authenticate = (credentials) =>
  authenticate(credentials, { verifier, secret, pool });

const recordCallersLabel: RecordLabel = async (actor, request) => {
  const occurredAt = new Date(request.occurredAt);
  const label = await recordLabel({ db, actor, now }, { ...request, occurredAt });
  return {
    transactionId: label.transactionId,
    label: label.label,
    source: label.source,
    occurredAt: label.occurredAt.toISOString(),
    recordedAt: label.recordedAt.toISOString(),
  };
};

const trpc: FastifyTRPCPluginOptions<AppRouter>["trpcOptions"] = {
  router: appRouter,
  createContext: async ({ req }) => {
    const caller = await Promise.resolve(authenticateCaller(credentialsOf(req))).catch((cause: unknown) => {
      throw translateError(new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause }));
    });
    return { db, pool, now, scoring: service.port, actor: caller?.actor ?? null };
  },
};

const app = buildServer({
  service,
  metrics: engine.metrics,
  missing: () => engine.missing(),
  authenticate: authenticateCaller,
  isCrowded: () => engine.isCrowded,
  recordLabel: recordCallersLabel,
  now,
  onError: (route, err) => log.error({ route, err: nameOf(err) }, "a request failed"),
  mount: (server) => void server.register(fastifyTRPCPlugin, { prefix: "/trpc", trpcOptions: trpc }),
});

await app.listen({ host: env.HOST, port: env.SCORING_PORT });
const { port } = app.server.address() as AddressInfo;
log.info({ host: env.HOST, port }, "scoring listens");
const times = recordTimes({
  pool,
  metrics: engine.metrics,
  championId: () => engine.championId,
  now,
  onFailure: (err) => log.warn({ err: nameOf(err) }, "how long scoring took could not be written"),
});
const following = followChanges(url, (what) => engine.follow(what));

let snapshotting: Snapshotting | null = null;
drainOnSignal(async () => {
  log.info("scoring drains");
  await app.close();
  await Promise.all([following.stop(), snapshotting?.stop(), times.stop()]);
  await engine.close();
  await Promise.all([pool.end(), db.$disconnect()]);
});

await engine.start();
snapshotting = startSnapshotting({ pool, snapshots, file: SNAPSHOT_FILE, env: childEnv, onEvent: tell });
announceReady();
const missing = await engine.missing();
log.info(missing.length === 0 ? "scoring is ready" : `scoring decides; still missing: ${missing.join(", ")}`);

/** What may be logged of an error: drivers put rows and values into other members. */
function nameOf(error: unknown): {
  type: string;
  message: string;
  code?: unknown;
  stack?: string | undefined;
} {
  if (!(error instanceof Error)) return { type: typeof error, message: "not an error" };
  const { name: type, stack } = error;
  const cause = error.cause instanceof Error ? `, caused by ${error.cause.message}` : "";
  return {
    type,
    message: `${error.message}${cause}`,
    ...("code" in error ? { code: error.code } : {}),
    stack,
  };
}
