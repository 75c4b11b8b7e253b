import { join } from "node:path";
import { readEnvironment } from "#server/env.ts";
import { type Bench, measured, type OwnServer } from "../bench.ts";
import { type Figures, figuresOf, medianFigures } from "../figures.ts";
import { usageOfTree } from "../setup/process-usage.ts";
import { hasRedis, type RedisServer, startRedis } from "../setup/redis-server.ts";
import { ScoringServer } from "../setup/scoring-server.ts";

export type ServersReport =
  | { readonly status: "absent"; readonly reason: string }
  | {
      readonly status: "measured";
      readonly connections: number;
      readonly results: readonly {
        readonly servers: number;
        /** Seconds until the first, which fills Redis from the log, and until the last of the others was ready. */
        readonly readySeconds: { readonly first: number; readonly others: number | null };
        readonly median: Figures;
        readonly rounds: readonly Figures[];
        /** Microseconds of Redis's CPU time a payment. */
        readonly redisMicros: number | null;
        readonly redisMegabytes: number | null;
      }[];
    };

const COUNTS = [1, 2, 4];
const CONNECTIONS = 128;

/** One, two and four scoring servers that share their features in one Redis and one PostgreSQL. */
export async function serversPhase(bench: Bench): Promise<ServersReport> {
  const { own } = bench;
  if (own === null) return { status: "absent", reason: "there is no database to share" };
  if (!("REDIS_URL" in readEnvironment({ REDIS_URL: "redis://127.0.0.1:6379" }))) {
    return { status: "absent", reason: "the scoring server knows no REDIS_URL" };
  }
  if (!hasRedis()) return { status: "absent", reason: "redis-server is not installed" };
  const results = [];
  await own.server.stop(); // it would follow what the others write
  try {
    for (const count of COUNTS) results.push(await measureServers(bench, own, count));
  } finally {
    await own.server.restart("SIGTERM");
  }
  return { status: "measured", connections: CONNECTIONS, results };
}

async function measureServers(bench: Bench, own: OwnServer, count: number) {
  const redis = await startRedis(bench.cleanUp);
  const servers: ScoringServer[] = [];
  const readySeconds: { first: number; others: number | null } = { first: 0, others: null };
  try {
    for (let n = 0; n < count; n++) {
      servers.push(await startSharing(bench, own, { redis, name: `server-${count}-${n}` }));
      const seconds = servers.at(-1)?.seconds ?? 0;
      if (n === 0) readySeconds.first = seconds;
      else readySeconds.others = Math.max(readySeconds.others ?? 0, seconds);
    }
    const load = await loadOn(bench, servers, redis);
    return { servers: count, readySeconds, ...load };
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    await redis.stop();
  }
}

type Sharing = { readonly redis: RedisServer; readonly name: string };

function startSharing(
  bench: Bench,
  { database }: OwnServer,
  { redis, name }: Sharing,
): Promise<ScoringServer> {
  const options = {
    databaseUrl: database.url,
    dataDir: join(database.dataDir, name),
    redisUrl: redis.url,
    cpuProfDir: null,
  };
  return ScoringServer.start(options, bench.cleanUp);
}

async function loadOn(bench: Bench, servers: readonly ScoringServer[], redis: RedisServer) {
  const endpoints = servers.map(({ port }) => ({ ...bench.score, port }));
  const job = { endpoints, connections: CONNECTIONS, batch: 1, rate: null };
  await bench.load.run({ ...job, seconds: 3, seed: 0 });
  const before = usageOfTree(redis.pid);
  const rounds: Figures[] = [];
  let decided = 0;
  for (let seed = 0; seed < bench.options.rounds; seed++) {
    const pids = servers.map(({ pid }) => pid);
    const round = await measured(bench, { ...job, seconds: bench.options.seconds, seed }, pids);
    decided += round.result.decided;
    rounds.push(figuresOf(round));
  }
  const after = usageOfTree(redis.pid);
  const cpuSeconds = (after?.cpuSeconds ?? 0) - (before?.cpuSeconds ?? 0);
  return {
    median: medianFigures(rounds),
    rounds,
    redisMicros: after === null || decided === 0 ? null : (cpuSeconds / decided) * 1e6,
    redisMegabytes: after === null ? null : after.rssBytes / 1e6,
  };
}
