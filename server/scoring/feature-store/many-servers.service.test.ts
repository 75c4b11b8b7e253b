import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { defaultFeatureSet } from "#ml/features/default-set.ts";
import { createRng } from "#ml/math/seeded-random.ts";
import { openPool } from "#server/db/pool.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import type { Verdict } from "../payment-queue.ts";
import { installationOf } from "../scoring-turn.ts";
import { handMadeArtifact, promoteArtifact } from "../testing/champion.ts";
import { type FlakyDatabase, flakyDatabase } from "../testing/flaky-database.ts";
import { paymentBody } from "../testing/payments.ts";
import { startRedis, type TestRedis } from "../testing/redis-server.ts";
import { startTestServer, type TestServer } from "../testing/scoring-server.ts";
import { servedUnlikeReplayed } from "../testing/served-as-replayed.ts";
import { RedisStore } from "./redis-store.ts";

let redis: TestRedis;
let database: TestDatabase;
let servers: TestServer[] = [];
let flaky: FlakyDatabase;

beforeEach(async () => {
  redis = await startRedis();
  database = await createTestDatabase();
  flaky = await flakyDatabase(database.url);
  const pool = openPool(database.url, 1);
  await promoteArtifact(pool, handMadeArtifact());
  await pool.end();
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
  servers = [];
  await flaky.close();
  await redis.stop();
  await database.drop();
});

async function start(url = database.url): Promise<TestServer> {
  const installation = async (): Promise<string> => {
    const pool = openPool(database.url, 1);
    return installationOf(pool).finally(() => pool.end());
  };
  const store = new RedisStore({ url: redis.url, installation, onEvent: () => {} });
  const server = await startTestServer(url, { store });
  servers.push(server);
  return server;
}

const bodyOf = (n: number): Record<string, unknown> =>
  paymentBody({
    id: `pay_${n}`,
    customerId: `cus_${n % 7}`,
    merchantId: `mer_${n % 3}`,
    occurredAt: new Date(Date.UTC(2026, 10, 20, 8) + n * 10_000).toISOString(),
  });

/** Scores payments, each sent again until it is decided. */
async function scoreSurely(server: TestServer, numbers: readonly number[]): Promise<string[]> {
  const answers: string[] = [];
  for (const n of numbers) {
    const until = performance.now() + 20_000;
    for (;;) {
      const [verdict] = (await server.service.score([bodyOf(n)])) as [Verdict];
      if ("response" in verdict) {
        answers.push(verdict.response);
        break;
      }
      if (verdict.problem.status !== 503 || performance.now() > until) throw new Error(verdict.problem.title);
      await sleep(30);
    }
  }
  return answers;
}

async function expectExact(payments: number): Promise<void> {
  const { pool } = servers[0] as TestServer;
  expect(await servedUnlikeReplayed(pool, defaultFeatureSet)).toEqual({ compared: payments, differing: [] });
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

test("four servers that decide at once, with labels in between, decide as one that gets the payments in that order", async () => {
  for (let i = 0; i < 4; i++) await start();
  const rng = createRng(1);
  const numbers = range(0, 400);
  await Promise.all([
    ...servers.flatMap((server, s) =>
      range(0, 4).map((client) =>
        scoreSurely(
          server,
          numbers.filter((n) => n % 16 === s * 4 + client),
        ),
      ),
    ),
    (async () => {
      for (let i = 0; i < 6; i++) {
        await sleep(40);
        const { rows } = await (servers[0] as TestServer).pool.query<{ id: string }>(
          "select id from transaction",
        );
        const id = rows[rng.integer(Math.max(1, rows.length))]?.id;
        if (id === undefined) continue;
        await (servers[0] as TestServer).pool.query(
          `insert into label (transaction_id, label, source, occurred_at, recorded_at, actor_kind)
           values ($1, 'fraud', 'chargeback', '2026-11-20T10:00:00Z', '2026-11-20T10:00:00Z', 'api_key') on conflict do nothing`,
          [id],
        );
        await Promise.all(servers.map((server) => server.engine.follow("labels")));
      }
    })(),
  ]);
  await expectExact(400);
});

test("one payment sent to two servers at once, fifty times each, is one row and one answer", async () => {
  await start();
  await start();
  const body = bodyOf(1);
  const verdicts = await Promise.all(
    range(0, 100).map((n) => (servers[n % 2] as TestServer).service.score([body])),
  );
  const answers = new Set(
    verdicts.flat().map((verdict) => ("response" in verdict ? verdict.response : "refused")),
  );
  expect(answers.size).toBe(1);
  expect([...answers][0]).toContain("pay_1");
  await expectExact(1);
});

test("a server that falls silent with the turn in its hands is passed over, and what it wrote is known to the others", async () => {
  const healthy = await start();
  const silent = await start(flaky.url);
  await scoreSurely(silent, range(0, 5));
  flaky.loseAnswerTo("write-decisions"); // the batch is committed, and its server never hears of it
  const [lost] = await silent.service.score([bodyOf(5)]);
  expect(lost).toMatchObject({ problem: { status: 503 } });
  const answers = await scoreSurely(healthy, range(5, 15));
  flaky.set("open");
  expect(await scoreSurely(silent, [5])).toEqual(answers.slice(0, 1));
  await scoreSurely(silent, range(15, 20));
  await scoreSurely(healthy, range(20, 25));
  await expectExact(25);
});

test("when Redis forgets everything, the log in PostgreSQL is what counts", async () => {
  const [one, two] = [await start(), await start()];
  await scoreSurely(one, range(0, 5));
  await redis.flush();
  await scoreSurely(two, range(5, 10));
  await redis.flush();
  await Promise.all([scoreSurely(one, range(10, 20)), scoreSurely(two, range(20, 30))]);
  await expectExact(30);
});

test("with Redis frozen payments get 503 within two seconds, and are decided again when it thaws", async () => {
  const [one, two] = [await start(), await start()];
  await scoreSurely(one, range(0, 5));
  process.kill(redis.pid, "SIGSTOP");
  const since = performance.now();
  const verdicts = await Promise.all([one.service.score([bodyOf(5)]), two.service.score([bodyOf(6)])]);
  expect(performance.now() - since).toBeLessThan(2_400);
  expect(verdicts.flat()).toMatchObject([{ problem: { status: 503 } }, { problem: { status: 503 } }]);
  process.kill(redis.pid, "SIGCONT");
  await Promise.all([scoreSurely(one, range(5, 10)), scoreSurely(two, range(10, 15))]);
  await expectExact(15);
});
