import type { Pool } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadScorer } from "#ml/models/scorer.ts";
import { openPool } from "#server/db/pool.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import type { Actor } from "#server/domain/actor.ts";
import type { ServiceContext } from "#server/services/context.ts";
import {
  listModels,
  loadChampion,
  modelById,
  promoteModel,
  rollbackModel,
} from "#server/services/model/index.ts";
import {
  cancelTraining,
  claimRun,
  requestTraining,
  runTraining,
  type TrainingDeps,
  type TrainingEnd,
} from "./index.ts";
import { seedLog } from "./testing/seed-log.ts";

let database: TestDatabase;
let pool: Pool;
let owner: ServiceContext;
let deps: TrainingDeps;

const modelOwner: Actor = { kind: "system", name: "test" };

beforeAll(async () => {
  database = await createTestDatabase();
  pool = openPool(database.url, 3);
  const { endMs } = await seedLog(pool);
  let tick = 0;
  const now = (): Date => new Date(endMs + tick++); // every look at the clock is a little later
  owner = { db: database.db, actor: modelOwner, now };
  const { signal } = new AbortController();
  deps = { db: database.db, pool, now: () => new Date(endMs), signal, whenStopped: "requeue" };
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

async function trainOnce(seed: number, changes: Partial<TrainingDeps> = {}): Promise<TrainingEnd> {
  const run = await requestTraining(owner, { families: ["rules", "logistic_regression"], seed });
  expect(await claimRun(database.db, run.id, owner.now())).toBe(true);
  return runTraining({ ...deps, ...changes }, run.id);
}

test("a training makes a candidate with its artefact, report and audit row; its champion is compared", async () => {
  const stages = new Set<string>();
  const first = await trainOnce(1, { onProgress: ({ stage }) => stages.add(stage) });
  if (first.status !== "succeeded") throw new Error(JSON.stringify(first));
  expect(first.version).toMatchObject({ number: 1, status: "candidate" });
  expect(first.report.championNote).toBe("There is no champion yet.");
  const { learningCurve, split } = first.report;
  expect(learningCurve?.points.map((point) => point.labels)).toContain(split.train.rows);
  expect(Object.keys(first.report.families)).toEqual(["rules", "logistic_regression"]);
  const { averagePrecision, prevalence } = first.report.families[first.report.selected]?.test ?? {};
  expect(averagePrecision).toBeGreaterThan(2 * (prevalence ?? 1));
  expect(stages).toContain("reading the history");
  expect(first.report.slices?.all.rows).toBe(first.report.split.test.rows);
  expect(first.report.leaks).toBeDefined();

  const run = await database.db.trainingRun.findFirstOrThrow();
  expect(run).toMatchObject({ status: "succeeded", progress: 1, error: null });
  await promoteModel(owner, { versionId: first.version.id });
  const champion = await loadChampion(database.db);
  expect(champion?.version).toMatchObject({ id: first.version.id, status: "champion" });
  if (champion !== null) expect(loadScorer(champion.artifact).featureSet.name).toBe("default");

  const second = await trainOnce(2);
  if (second.status !== "succeeded") throw new Error(JSON.stringify(second));
  const detail = await modelById(owner, { versionId: second.version.id });
  const comparison = detail.report.champion?.comparison;
  expect(detail.report.champion?.number).toBe(1);
  const { gate } = detail.report;
  expect(gate).toMatchObject({ championNumber: 1, currency: "EUR" });
  const { rows } = second.report.split.test;
  expect((gate?.payments ?? 0) + (gate?.leftOut.declined ?? 0) + (gate?.leftOut.otherCurrency ?? 0)).toBe(
    rows,
  );
  expect(gate?.checks.map(({ name }) => name)).toEqual([
    "enough",
    "cost",
    "recall",
    "calibration",
    "segments",
    "scored",
    "latency",
    "features",
  ]);
  const stored = await database.db.gateVerdict.findUniqueOrThrow({
    where: { modelVersionId: second.version.id },
  });
  expect(stored).toMatchObject({ promote: gate?.promote, body: gate });
  expect(comparison?.champion.rows).toBe(comparison?.candidate.rows);
  expect(comparison?.difference).not.toBeNull();

  await promoteModel(owner, { versionId: second.version.id });
  expect((await listModels(owner)).map(({ status }) => status)).toEqual(["champion", "retired"]);
  expect((await rollbackModel(owner)).number).toBe(1);
  expect((await listModels(owner)).map(({ status }) => status)).toEqual(["retired", "champion"]);
  const actions = await database.db.auditEvent.findMany({ orderBy: { seq: "asc" } });
  expect(actions.map(({ action }) => action)).toEqual([
    "training.request",
    "model.create",
    "model.promote",
    "training.request",
    "model.create",
    "model.promote",
    "model.rollback",
  ]);
  expect(await database.db.outboxEvent.count({ where: { type: "model.promoted" } })).toBe(3);
});

test("the same data and seed give the same artefact", async () => {
  const again = await trainOnce(1);
  const versions = await listModels(owner);
  if (again.status !== "succeeded") throw new Error(JSON.stringify(again));
  expect(again.version.artifactHash).toBe(versions.find(({ number }) => number === 1)?.artifactHash);
  expect(await database.db.modelArtifact.count()).toBe(2);
});

test("a cancelled run ends soon and leaves no model", async () => {
  const models = await database.db.modelVersion.count();
  const run = await requestTraining(owner, { families: ["neural_network"] }, { foreground: true });
  await cancelTraining(owner, { runId: run.id });
  expect(await runTraining(deps, run.id)).toEqual({ status: "cancelled" });
  const after = await database.db.trainingRun.findUniqueOrThrow({ where: { id: run.id } });
  expect(after).toMatchObject({ status: "cancelled", error: null, cancelRequested: true });
  expect(await database.db.modelVersion.count()).toBe(models);
});

test("a run whose process is shut down waits for another one", async () => {
  const stopping = new AbortController();
  const end = await trainOnce(3, { signal: stopping.signal, onProgress: () => stopping.abort() });
  expect(end).toEqual({ status: "requeued" });
  const run = await database.db.trainingRun.findFirstOrThrow({ where: { status: "queued" } });
  expect(run).toMatchObject({ progress: 0, heartbeatAt: null, stage: "waiting for the worker" });
  await cancelTraining(owner, { runId: run.id });
});

test("too few labelled frauds fail the run with a sentence that counts them; without labels there is the isolation forest", async () => {
  const empty = await createTestDatabase();
  const emptyPool = openPool(empty.url, 2);
  await seedLog(emptyPool, { days: 60, customers: 20, fraudShare: 0.01 });
  const ctx = { ...owner, db: empty.db };
  const run = await requestTraining(ctx, {}, { foreground: true });
  const end = await runTraining({ ...deps, db: empty.db, pool: emptyPool }, run.id);
  expect(end).toMatchObject({ status: "failed" });
  const after = await empty.db.trainingRun.findUniqueOrThrow({ where: { id: run.id } });
  expect(after.error).toMatch(
    /^\d+ of 100 labelled frauds: not enough data yet\. The family isolation_forest/,
  );
  expect(await empty.db.modelArtifact.count()).toBe(0);

  const cold = await requestTraining(ctx, { families: ["isolation_forest"] }, { foreground: true });
  const trained = await runTraining({ ...deps, db: empty.db, pool: emptyPool }, cold.id);
  if (trained.status !== "succeeded") throw new Error(JSON.stringify(trained));
  await promoteModel(ctx, { versionId: trained.version.id });
  const champion = await loadChampion(empty.db);
  expect(champion?.artifact.family).toBe("isolation_forest");
  await emptyPool.end();
  await empty.drop();
});
