import type { Pool } from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openPool } from "#server/db/pool.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { decideLog, writeDecisions } from "#server/services/training/testing/serve-log.ts";
import { trainedLog } from "#server/services/training/testing/trained-log.ts";
import { startDriftWatch } from "./drift-watch.ts";

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = openPool(database.url, 4);
  const trained = await trainedLog(database.db, pool);
  await writeDecisions(pool, await decideLog(pool, trained.log.payments, trained), trained);
  const champion = { where: { id: trained.modelVersionId }, data: { status: "champion" } };
  await database.db.modelVersion.update(champion);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

test("weeks are compared in a thread, which ends when it is asked to", async () => {
  const onError = vi.fn();
  const watch = startDriftWatch({ url: database.url, pauseMs: 50, onError });
  await vi.waitFor(async () => expect(await database.db.driftWindow.count()).toBeGreaterThan(2), {
    timeout: 20_000,
    interval: 100,
  });
  await watch.stop();
  await watch.stop();
  expect(onError).not.toHaveBeenCalled();
});

test("what fails is told, and tried again", async () => {
  const onError = vi.fn();
  const nowhere = database.url.replace(/[^/]*$/, "nowhere");
  const watch = startDriftWatch({ url: nowhere, pauseMs: 10, onError });
  await vi.waitFor(() => expect(onError.mock.calls.length).toBeGreaterThan(1), { timeout: 20_000 });
  await watch.stop();
});
