import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Prisma } from "#server/db/generated/client.ts";
import { openPool } from "#server/db/pool.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { QueueFilter } from "#server/services/case/index.ts";
import type { Desk } from "./desk.ts";
import { measuredFilters } from "./queue-queries.ts";
import { runReviewBench, summaryOf } from "./run-bench.ts";
import { fillReview } from "./setup/fill-review.ts";

const at = new Date("2026-11-20T12:00:00.000Z");
let database: TestDatabase;
let desk: Desk & { readonly pool: ReturnType<typeof openPool> };

beforeAll(async () => {
  database = await createTestDatabase();
  const client = new Client({ connectionString: database.url, options: "-c timezone=UTC" });
  await client.connect();
  const signal = new AbortController().signal;
  await fillReview(client, { rows: 3_000, cases: 600, raceCases: 60, at, signal, onProgress: () => {} });
  await client.end();
  desk = { db: database.db, pool: openPool(database.url, 2), at };
});
afterAll(async () => {
  await desk.pool.end();
  await database.drop();
});

test("the filled database has as many open cases as asked for, each of a payment of its own with a decision", async () => {
  expect(await database.db.transaction.count()).toBe(3_000);
  expect(await database.db.decision.count()).toBe(3_000);
  expect(await database.db.case.count({ where: { status: "open" } })).toBe(600);
  expect(await database.db.case.count({ where: { queueId: "queue_race" } })).toBe(60);
});

test("queues, owners and states of the open cases are drawn apart from each other", async () => {
  const count = (where: Prisma.CaseWhereInput) =>
    database.db.case.count({ where: { status: "open", ...where } });
  expect(await count({ queueId: "queue_shops" })).toBeGreaterThan(100);
  expect(await count({ queueId: "queue_testing" })).toBeGreaterThan(10);
  const owners = await database.db.case.groupBy({ by: ["ownerId"], where: { ownerId: { not: null } } });
  expect(owners.length).toBeGreaterThan(25);
  expect(await count({ queueId: "queue_shops", ownerId: { not: null } })).toBeGreaterThan(20);
});

test("claimers at once take every case of the queue, none twice, and everything else is measured", async () => {
  const figures = await runReviewBench(desk, { claimers: 8, filterPages: 2, openedCases: 10 }, () => {});
  expect(figures.race).toMatchObject({ cases: 60, claimed: 60, claimedTwice: 0 });
  expect(figures.queue.filter(({ calls }) => calls === 0)).toEqual([]);
  expect(summaryOf(figures)).toEqual({
    claimedTwice: 0,
    queueQueryMsP95: expect.any(Number),
    caseOpenMsP95: expect.any(Number),
  });
});

test("no filter of the queue is left out", () => {
  expect(Object.keys(measuredFilters).sort()).toEqual(Object.keys(QueueFilter.shape).sort());
});
