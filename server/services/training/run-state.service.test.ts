import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import type { Role } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";
import {
  cancelTraining,
  claimRun,
  currentTraining,
  endRun,
  failOrphanedRuns,
  keepAlive,
  listTrainings,
  requestTraining,
  waitingRun,
} from "./index.ts";

let database: TestDatabase;
let clockMs = Date.UTC(2026, 5, 1);
const now = (): Date => new Date(clockMs);
const as = (role: Role): ServiceContext => ({
  db: database.db,
  actor: { kind: "user", id: userId, name: "Mo", role },
  now,
});
let userId = "";

beforeAll(async () => {
  database = await createTestDatabase();
  const data = {
    email: "mo@example.com",
    name: "Mo",
    role: "model_owner",
    passwordHash: "x",
    createdAt: now(),
  };
  userId = (await database.db.user.create({ data })).id;
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.db.trainingRun.deleteMany();
});

test("asking for a training leaves a waiting run and an audit row", async () => {
  const run = await requestTraining(as("model_owner"), { seed: 5 });
  expect(run).toMatchObject({
    status: "queued",
    requestedBy: "Mo",
    options: { seed: 5, search: "off", metric: "expected_cost", leaks: "refuse" },
  });
  expect(await waitingRun(database.db)).toBe(run.id);
  const audit = await database.db.auditEvent.findFirst({ where: { subjectId: run.id } });
  expect(audit).toMatchObject({ action: "training.request", actorName: "Mo" });
});

test("there is one training at a time, however many ask at once", async () => {
  const asked = await Promise.allSettled([1, 2, 3, 4].map((seed) => requestTraining(as("admin"), { seed })));
  expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const answer of asked) {
    if (answer.status === "rejected") expect(answer.reason).toMatchObject({ code: "conflict" });
  }
});

test("an analyst may neither start nor cancel a training, and learns nothing is wrong with the options", async () => {
  await expect(requestTraining(as("analyst"), {})).rejects.toMatchObject({ code: "forbidden" });
  await expect(cancelTraining(as("analyst"), { runId: "x" })).rejects.toMatchObject({ code: "forbidden" });
  await expect(requestTraining(as("model_owner"), { families: [] })).rejects.toMatchObject({
    code: "invalid",
  });
  expect(await database.db.trainingRun.count()).toBe(0);
});

test("a waiting run is taken up once", async () => {
  const { id } = await requestTraining(as("model_owner"), {});
  const claims = await Promise.all([1, 2, 3].map(() => claimRun(database.db, id, now())));
  expect(claims.filter(Boolean)).toHaveLength(1);
  expect(await waitingRun(database.db)).toBeNull();
});

test("cancelling ends a waiting run at once, asks a running one, and conflicts with an ended one", async () => {
  const ctx = as("model_owner");
  const waiting = await requestTraining(ctx, {});
  expect(await cancelTraining(ctx, { runId: waiting.id })).toMatchObject({ status: "cancelled" });
  await expect(cancelTraining(ctx, { runId: waiting.id })).rejects.toMatchObject({ code: "conflict" });
  const { id } = await requestTraining(ctx, {}, { foreground: true });
  expect(await cancelTraining(ctx, { runId: id })).toMatchObject({
    status: "running",
    cancelRequested: true,
  });
  expect(await keepAlive(database.db, id, now())).toBe(true);
  await expect(cancelTraining(ctx, { runId: "none" })).rejects.toMatchObject({ code: "not_found" });
});

test("a silent run is failed with the reason after a minute, a living one is left alone", async () => {
  const { id } = await requestTraining(as("model_owner"), {}, { foreground: true });
  clockMs += 50_000;
  await keepAlive(database.db, id, now());
  clockMs += 50_000;
  expect(await failOrphanedRuns(database.db, now())).toEqual([]);
  clockMs += 20_000;
  expect(await failOrphanedRuns(database.db, now())).toEqual([id]);
  const run = await currentTraining(as("viewer"));
  expect(run).toMatchObject({ id, status: "failed", finishedAt: now().toISOString() });
  expect(run?.error).toContain("killed");
  expect(await endRun(database.db, id, { status: "cancelled", error: null, at: now() })).toBe(false);
});

test("a run that died does not block the next one", async () => {
  const ctx = as("model_owner");
  const dead = await requestTraining(ctx, {}, { foreground: true });
  clockMs += 61_000;
  const next = await requestTraining(ctx, {});
  expect((await listTrainings(ctx)).map(({ id, status }) => [id, status])).toEqual([
    [next.id, "queued"],
    [dead.id, "failed"],
  ]);
});

test("the current training is the one under way, else the last one", async () => {
  const ctx = as("model_owner");
  const first = await requestTraining(ctx, {});
  await cancelTraining(ctx, { runId: first.id });
  clockMs += 1000;
  const second = await requestTraining(ctx, {});
  expect((await currentTraining(ctx))?.id).toBe(second.id);
  expect((await listTrainings(ctx)).map(({ id }) => id)).toEqual([second.id, first.id]);
});
