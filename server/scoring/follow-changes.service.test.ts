import { afterEach, beforeEach, expect, test } from "vitest";
import { openPool } from "#server/db/pool.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { LABEL_CHANNEL, SERVING_CHANNEL } from "#server/domain/model-version.ts";
import { type Followed, followChanges } from "./follow-changes.ts";
import { type FlakyDatabase, flakyDatabase } from "./testing/flaky-database.ts";

let database: TestDatabase;
let flaky: FlakyDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  flaky = await flakyDatabase(database.url);
});
afterEach(async () => {
  await flaky.close();
  await database.drop();
});

async function listening(): Promise<void> {
  const pool = openPool(database.url, 1);
  const query =
    "select 1 from pg_stat_activity where application_name = 'assay-scoring-listener' and state = 'idle'";
  await expect.poll(async () => (await pool.query(query)).rowCount, { timeout: 5_000 }).toBe(1);
  await pool.end();
}

async function tell(channel: string): Promise<void> {
  await database.db.$executeRawUnsafe(`notify ${channel}`);
}

test("what PostgreSQL tells is followed at once, and once more after the connection broke", async () => {
  const told: { what: Followed; at: number }[] = [];
  const following = followChanges(flaky.url, async (what) => void told.push({ what, at: performance.now() }));
  await listening();
  const before = performance.now();
  await tell(SERVING_CHANNEL);
  await tell(LABEL_CHANNEL);
  const since = (start: number) => told.filter((one) => one.at >= start).map((one) => one.what);
  await expect
    .poll(() => since(before), { interval: 10 })
    .toEqual(expect.arrayContaining(["serving", "labels"]));

  flaky.set("closed");
  flaky.set("open");
  await listening();
  const again = performance.now();
  await tell(SERVING_CHANNEL);
  await expect.poll(() => since(again), { interval: 10 }).toContain("serving");
  await following.stop();
});

test("without a word from PostgreSQL it looks by itself, labels every second and what serves every two", async () => {
  flaky.set("closed");
  const told: Followed[] = [];
  const following = followChanges(flaky.url, async (what) => void told.push(what));
  await new Promise((later) => setTimeout(later, 2_300));
  await following.stop();
  expect(told.filter((what) => what === "labels").length).toBe(2);
  expect(told.filter((what) => what === "serving").length).toBe(1);
});
