import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import type { Role } from "#server/domain/permission.ts";
import { defaultRetrainingSettings, RetrainingSettings } from "#server/domain/retraining-settings.ts";
import { contextOf, seedPayment, seedUser } from "#server/services/case/testing/seed.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { recordLabel } from "#server/services/label/index.ts";
import { requestTraining } from "#server/services/training/index.ts";
import { changeRetrainingSettings, getRetraining, lookForReasons, requestRetraining } from "./index.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const start = Date.UTC(2026, 10, 21, 12);

let database: TestDatabase;
let clockMs = start;
const job = (): ServiceContext => ({
  db: database.db,
  actor: { kind: "job", name: "retraining" },
  now: () => new Date(clockMs),
});
const person = async (role: Role): Promise<ServiceContext> =>
  contextOf(database.db, await seedUser(database.db, role), new Date(clockMs));

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  clockMs += 100 * DAY_MS;
  await database.db.trainingRun.deleteMany();
  await database.db.retrainingState.deleteMany();
  await database.db.setting.deleteMany();
});

async function set(settings: Parameters<typeof RetrainingSettings.parse>[0]): Promise<void> {
  const value = RetrainingSettings.parse(settings);
  await database.db.setting.upsert({
    where: { key: "retraining" },
    create: { key: "retraining", value },
    update: { value },
  });
}
const runs = () => database.db.trainingRun.findMany({ orderBy: { requestedAt: "asc" } });
const endRuns = () => database.db.trainingRun.updateMany({ data: { status: "succeeded" } });

async function labelled(daysAgo: number): Promise<string> {
  const occurredAt = new Date(clockMs - daysAgo * DAY_MS);
  const { id } = await seedPayment(database.db, { occurredAt });
  await labelNow(id);
  return id;
}
async function labelNow(transactionId: string): Promise<void> {
  const occurredAt = new Date(clockMs);
  await recordLabel(job(), { transactionId, label: "fraud", source: "chargeback", occurredAt });
}

test("by default nothing asks for a training, and the worker's first look heeds nothing of the past", async () => {
  await labelled(60);
  expect(await lookForReasons(job())).toBeNull();
  clockMs += 10 * DAY_MS;
  expect(await lookForReasons(job())).toBeNull();
  expect(await getRetraining(await person("viewer"))).toMatchObject({
    matureLabels: 0,
    nextAt: null,
    pending: null,
  });
});

test("the schedule starts one training for each of its times, also one that passed while no worker ran", async () => {
  await set({ schedule: { every: "day", hourUtc: 3 } });
  expect(await lookForReasons(job())).toBeNull();
  clockMs += 3 * DAY_MS;
  const started = await lookForReasons(job());
  expect(await runs()).toMatchObject([{ id: started, status: "queued", trigger: { kind: "schedule" } }]);
  await endRuns();
  clockMs += HOUR_MS;
  expect(await lookForReasons(job())).toBeNull();
});

test("a run that a trigger starts has the options that the caller wants", async () => {
  await set({ schedule: { every: "day", hourUtc: 3 } });
  await lookForReasons(job());
  clockMs += DAY_MS;
  await lookForReasons(job(), { families: ["logistic_regression"], seed: 7 });
  expect(await runs()).toMatchObject([{ options: { families: ["logistic_regression"], seed: 7 } }]);
});

test("what asks while a training is under way is remembered once and starts the next", async () => {
  await set({ schedule: { every: "day", hourUtc: 3 } });
  await lookForReasons(job());
  await requestTraining(job(), {});
  for (let day = 0; day < 3; day++) {
    clockMs += DAY_MS;
    await database.db.trainingRun.updateMany({ data: { heartbeatAt: new Date(clockMs) } });
    expect(await lookForReasons(job())).toBeNull();
  }
  expect((await getRetraining(job())).pending).toMatchObject({ kind: "schedule" });
  await endRuns();
  clockMs += HOUR_MS;
  expect(await lookForReasons(job())).not.toBeNull();
  await endRuns();
  clockMs += HOUR_MS;
  expect(await lookForReasons(job())).toBeNull();
  expect(await runs()).toHaveLength(2);
});

test("labels count once they are mature: recorded late, or grown old; a run begins the count anew", async () => {
  await set({ matureLabels: 3 });
  const early = await labelled(10);
  expect(await lookForReasons(job())).toBeNull();
  await labelled(45);
  await labelNow(await labelled(50)); // a second label on one payment counts once
  expect(await lookForReasons(job())).toBeNull();
  expect((await getRetraining(job())).matureLabels).toBe(2);
  clockMs += 21 * DAY_MS; // the early one is 31 days old now
  expect(await lookForReasons(job())).not.toBeNull();
  const [run] = await runs();
  expect(run?.trigger).toMatchObject({
    kind: "labels",
    because: expect.stringContaining("3 labels became mature"),
  });
  expect((await getRetraining(job())).matureLabels).toBe(0);
  expect(early).toBeTypeOf("string");
});

test("labels and alerts wait until the last training was long enough ago", async () => {
  await set({ matureLabels: 1, leastHoursBetween: 6 });
  await lookForReasons(job());
  await requestTraining(job(), {});
  await endRuns();
  await labelled(40);
  clockMs += 5 * HOUR_MS;
  expect(await lookForReasons(job())).toBeNull();
  clockMs += HOUR_MS;
  expect(await lookForReasons(job())).not.toBeNull();
});

test("an alert asks only where it may, once, and is audited", async () => {
  expect(await requestRetraining(job(), "PSI of amount 0.31.")).toBe("off");
  await set({ onAlert: true });
  expect(await requestRetraining(job(), "PSI of amount 0.31.")).toBe("remembered");
  expect(await requestRetraining(job(), "Recall fell.")).toBe("waiting");
  await lookForReasons(job());
  expect(await runs()).toMatchObject([{ trigger: { kind: "alert", because: "PSI of amount 0.31." } }]);
  const audit = await database.db.auditEvent.findFirst({ where: { action: "retraining.ask" } });
  expect(audit).toMatchObject({ actorName: "retraining", after: { because: "PSI of amount 0.31." } });
  await expect(requestRetraining(await person("analyst"), "x")).rejects.toMatchObject({ code: "forbidden" });
});

test("of several workers that look at once, and a person who asks, one starts a training", async () => {
  await set({ schedule: { every: "day", hourUtc: 3 } });
  await lookForReasons(job());
  clockMs += DAY_MS;
  const owner = await person("model_owner");
  await Promise.allSettled([...[1, 2, 3].map(() => lookForReasons(job())), requestTraining(owner, {})]);
  expect(await runs()).toHaveLength(1);
});

test("a model owner changes the settings, audited; others may not, nor from an old view", async () => {
  const owner = await person("model_owner");
  const settings = RetrainingSettings.parse({ matureLabels: 500, promotion: "automatic" });
  const expected = defaultRetrainingSettings;
  expect(await changeRetrainingSettings(owner, { settings, expected })).toEqual(settings);
  expect((await getRetraining(owner)).settings).toEqual(settings);
  const audit = await database.db.auditEvent.findFirst({
    where: { action: "retraining.settings" },
    orderBy: { seq: "desc" },
  });
  expect(audit).toMatchObject({ before: { matureLabels: null }, after: { matureLabels: 500 } });
  const late = changeRetrainingSettings(owner, { settings: expected, expected });
  await expect(late).rejects.toMatchObject({ code: "conflict" });
  const lead = changeRetrainingSettings(await person("lead"), { settings, expected: settings });
  await expect(lead).rejects.toMatchObject({ code: "forbidden" });
});
