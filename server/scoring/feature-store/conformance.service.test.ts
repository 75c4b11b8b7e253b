import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { defaultFeatureSet } from "#ml/features/default-set.ts";
import { openPool } from "#server/db/pool.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { installationOf } from "../scoring-turn.ts";
import { handMadeArtifact, promoteArtifact } from "../testing/champion.ts";
import { paymentBody } from "../testing/payments.ts";
import { startRedis, type TestRedis } from "../testing/redis-server.ts";
import { startTestServer, type TestServer } from "../testing/scoring-server.ts";
import { servedUnlikeReplayed } from "../testing/served-as-replayed.ts";
import type { FeatureStore } from "./feature-store.ts";
import { MemoryStore } from "./memory-store.ts";
import { RedisStore } from "./redis-store.ts";

let redis: TestRedis;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

const stores: readonly (readonly [string, (server: { url: string }) => FeatureStore])[] = [
  ["memory", () => new MemoryStore()],
  ["redis", ({ url }) => redisStore(url)],
];

function redisStore(databaseUrl: string): RedisStore {
  const installation = async (): Promise<string> => {
    const pool = openPool(databaseUrl, 1);
    return installationOf(pool).finally(() => pool.end());
  };
  return new RedisStore({ url: redis.url, installation, onEvent: () => {} });
}

describe.each(stores)("a scoring server over the %s store", (_name, makeStore) => {
  let database: TestDatabase;
  let server: TestServer;

  beforeEach(async () => {
    database = await createTestDatabase();
    const pool = openPool(database.url, 1);
    await promoteArtifact(pool, handMadeArtifact());
    await pool.end();
    server = await startTestServer(database.url, { store: makeStore(database) });
  });
  afterEach(async () => {
    await server.close();
    await database.drop();
  });

  const bodyOf = (n: number): Record<string, unknown> =>
    paymentBody({
      id: `pay_${n}`,
      customerId: `cus_${n % 5}`,
      merchantId: `mer_${n % 3}`,
      occurredAt: new Date(Date.UTC(2026, 10, 20, 8) + n * 20_000).toISOString(),
    });
  const scoreAll = async (from: number, to: number, size: number): Promise<void> => {
    for (let n = from; n < to; n += size) {
      const verdicts = await server.service.score(Array.from({ length: size }, (_, i) => bodyOf(n + i)));
      expect(verdicts.filter((verdict) => "problem" in verdict)).toEqual([]);
    }
  };
  const label = (n: number, fraud: boolean): Promise<unknown> =>
    server.pool.query(
      `insert into label (transaction_id, label, source, occurred_at, recorded_at, actor_kind)
       values ($1, $2, 'chargeback', '2026-11-20T10:00:00Z', '2026-11-20T10:00:00Z', 'api_key')`,
      [`pay_${n}`, fraud ? "fraud" : "legitimate"],
    );
  const expectAsReplayed = async (compared: number): Promise<void> => {
    expect(await servedUnlikeReplayed(server.pool, defaultFeatureSet)).toEqual({ compared, differing: [] });
  };

  test("serves what a replay of the log gives, with labels in between, alone and in batches", async () => {
    await scoreAll(0, 10, 1);
    await label(3, true);
    await server.engine.follow("labels");
    await scoreAll(10, 30, 10);
    await label(12, true);
    await label(4, false);
    await server.engine.follow("labels");
    await scoreAll(30, 45, 5);
    await expectAsReplayed(45);
  });

  test("lets payments of one customer in one batch see each other in order", async () => {
    const bodies = [1, 2, 3].map((n) => ({ ...bodyOf(n), customerId: "cus_same" }));
    await server.service.score(bodies);
    await expectAsReplayed(3);
    const place = defaultFeatureSet.definitions.findIndex(({ name }) => name === "customer_count_1h");
    const { rows } = await server.pool.query<{ features: Buffer }>(
      "select features from decision order by seq",
    );
    expect(rows.map(({ features }) => features.readDoubleLE(place * 8))).toEqual([0, 1, 2]);
  });

  test("keeps no trace of a commit that failed", async () => {
    await scoreAll(0, 5, 5);
    await server.pool.query(
      "alter table transaction add constraint refused check (merchant_id <> 'mer_bad')",
    );
    const [refused] = await server.service.score([{ ...bodyOf(5), merchantId: "mer_bad" }]);
    expect(refused).toMatchObject({ problem: { status: 500 } });
    await scoreAll(6, 11, 5);
    await expectAsReplayed(10);
  });

  test("goes on after a restart as if there had been none", async () => {
    await scoreAll(0, 10, 5);
    await server.close();
    server = await startTestServer(database.url, { store: makeStore(database) });
    await scoreAll(10, 20, 5);
    await expectAsReplayed(20);
  });
});
