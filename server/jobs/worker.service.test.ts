import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Pool } from "pg";
import { PgBoss } from "pg-boss";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { openPool } from "#server/db/pool.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { cancelTraining, requestTraining } from "#server/services/training/index.ts";
import { seedLog } from "#server/services/training/testing/seed-log.ts";
import { startTrainingChild, type TrainingChild } from "./training-child.ts";
import { startTrainingQueue } from "./training-queue.ts";

const processes = resolve(import.meta.dirname, "../processes");
const WAIT = { timeout: 50_000, interval: 20 };
const started: ChildProcess[] = [];
let database: TestDatabase;
let pool: Pool;
let ctx: ServiceContext;
let env: NodeJS.ProcessEnv;
const dataDir = mkdtempSync(join(tmpdir(), "assay-worker-"));

beforeAll(async () => {
  database = await createTestDatabase();
  pool = openPool(database.url, 2);
  await seedLog(pool);
  ctx = { db: database.db, actor: { kind: "system", name: "test" }, now: () => new Date() };
  env = {
    ...process.env,
    DATABASE_URL: database.url,
    ASSAY_DATA_DIR: dataDir,
    NODE_ENV: "production",
    LOG_LEVEL: "error",
  };
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
});
afterAll(async () => {
  await pool.end();
  await database.drop();
  rmSync(dataDir, { recursive: true });
});

const runOf = (id: string) => database.db.trainingRun.findUniqueOrThrow({ where: { id } });

test("the worker carries a training out in a process of its own, and puts one back when it is shut down", async () => {
  const worker = spawn(process.execPath, [resolve(processes, "worker.ts")], {
    env,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  started.push(worker);
  expect((await once(worker, "message"))[0]).toEqual({ ready: true });

  const first = await requestTraining(ctx, { families: ["rules"] });
  await vi.waitFor(async () => expect((await runOf(first.id)).status).toBe("succeeded"), WAIT);
  const version = await database.db.modelVersion.findUniqueOrThrow({ where: { trainingRunId: first.id } });
  expect(version).toMatchObject({ status: "candidate", family: "rules" });

  const second = await requestTraining(ctx, { families: ["neural_network"] });
  await vi.waitFor(async () => expect((await runOf(second.id)).status).toBe("running"), WAIT);
  worker.kill("SIGTERM");
  expect(await once(worker, "exit")).toEqual([0, null]);
  expect(await runOf(second.id)).toMatchObject({ status: "queued", stage: "waiting for the worker" });
  await cancelTraining(ctx, { runId: second.id });
});

test("a killed training process fails its run with the reason and leaves no model", async () => {
  const before = await database.db.modelVersion.count();
  const boss = new PgBoss({ connectionString: database.url, max: 2, schedule: false });
  boss.on("error", () => {});
  await boss.start();
  const children: TrainingChild[] = [];
  const errors: unknown[] = [];
  const queue = await startTrainingQueue({
    boss,
    db: database.db,
    now: ctx.now,
    onError: (error) => errors.push(error),
    startChild: (runId) => {
      const child = startTrainingChild(resolve(processes, "training.ts"), runId, env);
      children.push(child);
      return child;
    },
  });
  const { id } = await requestTraining(ctx, { families: ["neural_network"] });
  await vi.waitFor(async () => expect((await runOf(id)).status).toBe("running"), WAIT);
  children[0]?.kill("SIGKILL");
  await vi.waitFor(async () => expect((await runOf(id)).status).toBe("failed"), WAIT);
  expect((await runOf(id)).error).toBe(
    "The training process was killed (SIGKILL); perhaps the machine ran out of memory.",
  );
  expect(await database.db.modelVersion.count()).toBe(before);
  expect(children).toHaveLength(1);
  expect(errors).toEqual([]);
  await queue.stop();
  await boss.stop({ graceful: true, timeout: 5_000 });
});
