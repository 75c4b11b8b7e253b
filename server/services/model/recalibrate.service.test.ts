import type { Pool } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openPool } from "#server/db/pool.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { DAY_MS } from "#server/domain/day.ts";
import { defaultPolicy } from "#server/domain/policy.ts";
import type { ServiceContext } from "#server/services/context.ts";
import {
  cancelTraining,
  claimRun,
  getManifest,
  repeatTraining,
  requestTraining,
  runTraining,
  type TrainingEnd,
} from "#server/services/training/index.ts";
import { seedLog } from "#server/services/training/testing/seed-log.ts";
import { loadArtifact, type ModelView, promoteModel, recalibrateModel } from "./index.ts";

const TRAINED_DAYS_BEFORE_THE_END = 40;
const reason = "Scores promise too much since October.";
let database: TestDatabase;
let pool: Pool;
let endMs = 0;
let champion: ModelView;

const at = (timeMs: number): ServiceContext => ({
  db: database.db,
  actor: { kind: "system", name: "test" },
  now: () => new Date(timeMs),
});

async function carryOut(runId: string, timeMs: number): Promise<TrainingEnd> {
  const { signal } = new AbortController();
  return runTraining({ ...at(timeMs), pool, signal, whenStopped: "cancel" }, runId);
}

beforeAll(async () => {
  database = await createTestDatabase();
  pool = openPool(database.url, 3);
  ({ endMs } = await seedLog(pool));
  const body = { ...defaultPolicy, maturityDays: 5 };
  const createdAt = new Date(0);
  await database.db.policyVersion.create({
    data: { status: "active", body, createdAt, activatedAt: createdAt },
  });
  const then = endMs - TRAINED_DAYS_BEFORE_THE_END * DAY_MS;
  const run = await requestTraining(at(then), { families: ["rules"] }, { foreground: true });
  const end = await carryOut(run.id, then);
  if (end.status !== "succeeded") throw new Error(JSON.stringify(end));
  champion = await promoteModel(at(then), { versionId: end.version.id });
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

test("the champion comes back as a candidate with another calibration, judged by the gate, and names its parent", async () => {
  const asked = await recalibrateModel(at(endMs), { championId: champion.id, reason });
  expect(asked).toMatchObject({ status: "queued", trigger: { because: expect.stringContaining(reason) } });
  expect(await claimRun(database.db, asked.id, new Date(endMs))).toBe(true);
  const end = await carryOut(asked.id, endMs);
  if (end.status !== "succeeded") throw new Error(JSON.stringify(end));
  const { version, report } = end;
  expect(version).toMatchObject({ status: "candidate", number: 2, family: "rules" });
  const [parent, made] = await Promise.all(
    [champion, version].map(({ artifactHash }) => loadArtifact(database.db, artifactHash)),
  );
  expect(made?.parent).toBe(champion.artifactHash);
  expect(made?.model).toEqual(parent?.model);
  expect(made?.calibrator).not.toEqual(parent?.calibrator);
  const { recalibration, gate, split } = report;
  expect(recalibration?.parent).toEqual({ versionId: champion.id, number: 1 });
  expect(recalibration?.brier[recalibration.chosen]).toBeLessThanOrEqual(
    Math.max(recalibration?.brier.platt ?? 0, recalibration?.brier.isotonic ?? 0),
  );
  expect(split.validation.fromMs).toBeGreaterThanOrEqual(split.train.toMs);
  expect(gate).toMatchObject({ championNumber: 1 });
  const audit = await database.db.auditEvent.findFirstOrThrow({ where: { action: "model.recalibrate" } });
  expect(audit).toMatchObject({
    subjectId: champion.id,
    after: { number: 1, reason, trainingRunId: asked.id },
  });

  const manifest = await getManifest(at(endMs), { runId: asked.id });
  expect(manifest.options.recalibrates).toMatchObject({ artifactHash: champion.artifactHash });
  const { signal } = new AbortController();
  const again = await repeatTraining({ db: database.db, pool }, manifest, { signal, report: () => {} });
  expect(again).toMatchObject({ sameContent: true, sameArtifact: true });
});

test("another champion by now, a run under way and a role without the permission are refused", async () => {
  const input = { championId: champion.id, reason };
  const other = { ...input, championId: "another" };
  await expect(recalibrateModel(at(endMs), other)).rejects.toMatchObject({ code: "conflict" });
  const lead: ServiceContext = {
    ...at(endMs),
    actor: { kind: "user", id: "u", name: "Lead", role: "lead" },
  };
  await expect(recalibrateModel(lead, input)).rejects.toMatchObject({ code: "forbidden" });
  const running = await recalibrateModel(at(endMs), input);
  await expect(recalibrateModel(at(endMs), input)).rejects.toMatchObject({ code: "conflict" });
  await cancelTraining(at(endMs), { runId: running.id });
});

test("where too little has matured since, the run says so and leaves no version", async () => {
  const soon = new Date(champion.trainedTo).getTime() + 5.2 * DAY_MS;
  const asked = await recalibrateModel(at(soon), { championId: champion.id, reason });
  await claimRun(database.db, asked.id, new Date(soon));
  const end = await carryOut(asked.id, soon);
  expect(end).toMatchObject({ status: "failed", error: expect.stringMatching(/matured since/) });
  expect(await database.db.modelVersion.count()).toBe(2);
});

test("it is not asked for as a training, which needs no reason", async () => {
  const recalibrates = { versionId: champion.id, number: 1, artifactHash: champion.artifactHash };
  await expect(requestTraining(at(endMs), { recalibrates })).rejects.toMatchObject({ code: "invalid" });
});
