import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { cancelTraining, endRun, requestTraining } from "./index.ts";
import { RunReporter, TrainingCancelled } from "./run-reporter.ts";

const WAIT = { timeout: 20_000, interval: 100 };
let database: TestDatabase;
let ctx: ServiceContext;
beforeAll(async () => {
  database = await createTestDatabase();
  ctx = { db: database.db, actor: { kind: "system", name: "test" }, now: () => new Date() };
});
afterAll(() => database.drop());

test("progress is written about once a second, and cancelling aborts the signal with its reason", async () => {
  const { id } = await requestTraining(ctx, {}, { foreground: true });
  const reporter = new RunReporter(database.db, id, ctx.now);
  reporter.start();
  reporter.report({ stage: "fit rules", fraction: 0.4 });
  await vi.waitFor(async () => {
    const run = await database.db.trainingRun.findUniqueOrThrow({ where: { id } });
    expect(run).toMatchObject({ stage: "fit rules", progress: 0.4 });
  }, WAIT);
  expect(reporter.signal.aborted).toBe(false);
  await cancelTraining(ctx, { runId: id });
  await vi.waitFor(() => expect(reporter.signal.reason).toBeInstanceOf(TrainingCancelled), WAIT);
  await reporter.stop();
  await endRun(database.db, id, { status: "cancelled", error: null, at: ctx.now() });
});

test("a run that someone else ended is told to stop, and a stopped reporter writes nothing more", async () => {
  const { id } = await requestTraining(ctx, {}, { foreground: true });
  const reporter = new RunReporter(database.db, id, ctx.now);
  reporter.start();
  await endRun(database.db, id, { status: "failed", error: "gone", at: ctx.now() });
  await vi.waitFor(() => expect(reporter.signal.aborted).toBe(true), WAIT);
  await reporter.stop();
  reporter.report({ stage: "late", fraction: 0.9 });
  await sleep(1_200);
  expect(await database.db.trainingRun.findUniqueOrThrow({ where: { id } })).toMatchObject({
    stage: "failed",
  });
});
