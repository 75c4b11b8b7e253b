import type { Pool } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openPool } from "#server/db/pool.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { createMetrics } from "./metrics.ts";
import { recordTimes } from "./record-times.ts";

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = openPool(database.url, 1);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

test("what was observed since the last time is written once, by kind and model", async () => {
  const gauges = { queueDepth: () => 0, storeSize: () => 0, storeBytes: () => 0, ready: () => true };
  const metrics = createMetrics(gauges, false);
  let [champion, at] = ["model-1", 0];
  const times = recordTimes({
    pool,
    metrics,
    championId: () => champion,
    now: () => new Date(Date.UTC(2026, 10, 20) + at++ * 1_000),
    onFailure: (error) => {
      throw error;
    },
  });
  metrics.observe("total", 0.003);
  metrics.observeModel("model-1", 0.001, 10);
  metrics.observeModel("model-2", 0.01, 10);
  await times.flush();
  await times.flush(); // nothing more
  champion = "model-2";
  metrics.observe("total", 0.3);
  await times.flush(); // under which champion is not known
  metrics.observe("total", 0.3);
  await times.stop();
  const rows = await database.db.scoringTime.findMany({
    orderBy: [{ at: "asc" }, { modelVersionId: "asc" }],
  });
  const sum = (counts: number[]): number => counts.reduce((total, count) => total + count, 0);
  expect(rows.map((row) => [row.kind, row.modelVersionId, sum(row.counts)]).sort()).toEqual([
    ["answer", "model-1", 1],
    ["answer", "model-2", 1],
    ["model", "model-1", 10],
    ["model", "model-2", 10],
  ]);
  expect(rows.find(({ kind }) => kind === "answer")?.counts.indexOf(1)).toBe(3); // up to 5 ms
});
