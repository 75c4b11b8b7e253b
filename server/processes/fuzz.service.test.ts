import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { runFuzz } from "./testing/fuzz/run-fuzz.ts";
import { startStubServer } from "./testing/fuzz/stub-server.ts";
import { type ScoringProcess, startScoringProcess } from "./testing/scoring-process.ts";

let database: TestDatabase;
let real: ScoringProcess;
let stub: Awaited<ReturnType<typeof startStubServer>>;

beforeAll(async () => {
  database = await createTestDatabase();
  [real, stub] = await Promise.all([startScoringProcess(database.url), startStubServer()]);
});
afterAll(async () => {
  await Promise.all([real.stop(), stub.close()]);
  await database.drop();
});

test("3,000 bodies, valid, wrong and broken: answers as documented, never a 500, never none", async () => {
  const { sent, statuses, faults } = await runFuzz({ bodies: 3_000, seed: 1, stub, real });
  expect(faults).toEqual([]);
  expect(sent).toBe(3_000);
  for (const status of ["200", "400", "404", "405", "415", "422", "raw 400", "raw 200"])
    expect([status, (statuses[status] ?? 0) > 3]).toEqual([status, true]);
  expect(real.runs()).toBe(true);
  expect(real.output()).not.toMatch(/"level":50/);
});
