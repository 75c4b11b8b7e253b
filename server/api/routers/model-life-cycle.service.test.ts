import type { Pool } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openPool } from "#server/db/pool.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import type { Role } from "#server/domain/permission.ts";
import { defaultPolicy } from "#server/domain/policy.ts";
import type { ScoringPort } from "#server/domain/scoring-port.ts";
import { type TrainedLog, trainedLog } from "#server/services/training/testing/trained-log.ts";
import { createCaller } from "../root.ts";

let database: TestDatabase;
let pool: Pool;
let trained: TrainedLog;

const noScoring: ScoringPort = {
  score: () => Promise.reject(new Error("not here")),
  scoreBatch: () => Promise.reject(new Error("not here")),
  byId: () => Promise.reject(new Error("not here")),
};

const as = (role: Role) =>
  createCaller({
    db: database.db,
    actor: { kind: "user", id: userId, name: "Mo", role },
    now: () => new Date(trained.log.endMs),
    scoring: noScoring,
  });
let userId = "";

beforeAll(async () => {
  database = await createTestDatabase();
  pool = openPool(database.url, 3);
  trained = await trainedLog(database.db, pool);
  const createdAt = new Date(trained.log.endMs);
  const data = { email: "mo@example.com", name: "Mo", role: "model_owner", passwordHash: "x", createdAt };
  userId = (await database.db.user.create({ data })).id;
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

test("models are listed, read with their report, promoted, and only by those who may", async () => {
  const [listed] = await as("viewer").model.list();
  expect(listed).toMatchObject({ id: trained.modelVersionId, status: "candidate", family: "rules" });
  const detail = await as("viewer").model.byId({ versionId: trained.modelVersionId });
  expect(detail.report.families.rules?.test.averagePrecision).toBe(listed?.averagePrecision);
  expect(detail.report.split.test.frauds).toBeGreaterThan(0);
  const input = { versionId: trained.modelVersionId };
  await expect(as("analyst").model.promote(input)).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await as("model_owner").model.promote(input)).toMatchObject({ status: "champion" });
  await expect(as("model_owner").model.promote(input)).rejects.toMatchObject({ code: "CONFLICT" });
  await expect(as("model_owner").model.rollback()).rejects.toMatchObject({ code: "CONFLICT" });
  await expect(as("viewer").model.byId({ versionId: "none" })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("a training is started, followed and cancelled", async () => {
  await expect(as("lead").training.start({})).rejects.toMatchObject({ code: "FORBIDDEN" });
  const run = await as("model_owner").training.start({ seed: 3 });
  expect(run).toMatchObject({ status: "queued", requestedBy: "Mo" });
  await expect(as("model_owner").training.start({})).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await as("viewer").training.current()).toEqual(run);
  await as("model_owner").training.cancel({ runId: run.id });
  const [latest, first] = await as("viewer").training.list();
  expect(latest).toMatchObject({ id: run.id, status: "cancelled" });
  expect(first?.modelVersion?.id).toBe(trained.modelVersionId);
});

test("a policy is read, changed by a lead, and the change of an outdated view refused", async () => {
  const active = await as("viewer").policy.active();
  const policy = { ...defaultPolicy, reviewCapacityPerDay: 50 };
  await expect(as("analyst").policy.activate({ policy, expectedActiveId: active.id })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  const next = await as("lead").policy.activate({ policy, expectedActiveId: active.id });
  await expect(as("lead").policy.activate({ policy, expectedActiveId: active.id })).rejects.toMatchObject({
    code: "CONFLICT",
  });
  expect((await as("viewer").policy.list()).map(({ id }) => id)).toEqual([
    "id" in next && next.id,
    active.id,
  ]);
});
