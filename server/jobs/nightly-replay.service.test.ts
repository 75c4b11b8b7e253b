import { afterAll, beforeAll, expect, test } from "vitest";
import { openPool } from "#server/db/pool.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { createNightlyReplay, type NightlyReplay } from "./nightly-replay.ts";

let database: TestDatabase;
let pool: ReturnType<typeof openPool>;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = openPool(database.url, 4);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

let begun = 0;
const failures: string[] = [];
const at = (time: string, failure: string | null = null): NightlyReplay =>
  createNightlyReplay({
    pool,
    now: () => new Date(time),
    startChild: () => {
      begun++;
      return { ended: Promise.resolve({ failure }), kill: () => {} };
    },
    onFailure: (text) => failures.push(text),
  });

test("a fresh installation begins with the next night, and of many workers one begins it, once", async () => {
  await at("2026-11-21T10:00:00Z").tick();
  expect(begun).toBe(0);
  await at("2026-11-22T01:59:00Z").tick();
  expect(begun).toBe(0);
  await Promise.all([1, 2, 3, 4].map(() => at("2026-11-22T02:00:00Z").tick()));
  expect(begun).toBe(1);
  await at("2026-11-22T23:00:00Z").tick();
  expect(begun).toBe(1);
});

test("a check that failed is told, and the next night begins again", async () => {
  await at("2026-11-23T03:00:00Z", "ended with code 1").tick();
  await Promise.resolve();
  expect(begun).toBe(2);
  expect(failures).toEqual(["ended with code 1"]);
});
