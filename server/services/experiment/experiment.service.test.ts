import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Pool } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadScorer } from "#ml/models/scorer.ts";
import { openPool } from "#server/db/pool.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import type { Actor } from "#server/domain/actor.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { loadArtifact } from "#server/services/model/index.ts";
import {
  cancelTraining,
  claimRun,
  failOrphanedRuns,
  getManifest,
  repeatTraining,
  runTraining,
  type TrainingDeps,
  type TrainingEnd,
} from "#server/services/training/index.ts";
import { seedLog } from "#server/services/training/testing/seed-log.ts";
import {
  exportExperiment,
  getExperiment,
  getTrial,
  listExperiments,
  readLog,
  startExperiment,
} from "./index.ts";
import type { StartExperimentInput } from "./start-experiment.ts";

let database: TestDatabase;
let pool: Pool;
let owner: ServiceContext;
let deps: TrainingDeps;

const system: Actor = { kind: "system", name: "test" };
const asked: StartExperimentInput = {
  families: ["rules", "logistic_regression"],
  imbalanceMethods: ["none", "class_weight"],
  metric: "recall_at_fpr_01",
  trials: 9,
  seed: 5,
};

beforeAll(async () => {
  database = await createTestDatabase();
  pool = openPool(database.url, 3);
  const { endMs } = await seedLog(pool);
  let tick = 0;
  owner = { db: database.db, actor: system, now: () => new Date(endMs + tick++) };
  const { signal } = new AbortController();
  deps = { db: database.db, pool, now: () => new Date(endMs), signal, whenStopped: "requeue" };
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

async function started(input: StartExperimentInput): Promise<string> {
  const { id } = await startExperiment(owner, input);
  expect(await claimRun(database.db, id, owner.now())).toBe(true);
  return id;
}

test("an experiment keeps every trial, and its winner is a candidate that its manifest repeats bit for bit", async () => {
  const id = await started(asked);
  const end: TrainingEnd = await runTraining(deps, id);
  if (end.status !== "succeeded") throw new Error(JSON.stringify(end));

  const experiment = await getExperiment(owner, { id });
  expect(experiment).toMatchObject({
    status: "succeeded",
    settings: { metric: "recall_at_fpr_01", trials: 9 },
  });
  expect(experiment.trials.map(({ number }) => number)).toEqual(
    [1, 2, 3, 4, 5, 6, 7, 8, 9].slice(0, experiment.trials.length),
  );
  const [winner, ...others] = experiment.trials.filter(({ state }) => state === "won");
  if (winner === undefined) throw new Error("nobody won");
  expect(others).toEqual([]);
  expect(experiment.modelVersion?.number).toBe(end.version.number);
  expect(end.version).toMatchObject({ status: "candidate", family: winner.family });
  expect(Object.keys(end.report.families)).toEqual([winner.family]); // the test days are looked at for the winner alone

  const last = Math.max(...experiment.trials.map(({ rungs }) => rungs.length));
  const finalists = experiment.trials.filter(({ rungs }) => rungs.length === last);
  const valueAtEnd = (trial: typeof winner): number =>
    trial.rungs.at(-1)?.figures.recall_at_fpr_01.value ?? 0;
  expect(valueAtEnd(winner)).toBe(Math.max(...finalists.map(valueAtEnd)));
  for (const trial of experiment.trials) expect(trial.artifactHash === null).toBe(trial.rungs.length < last); // one for each that learned from all rows
  expect(winner.rungs.at(-1)?.figures.recall_at_fpr_01.interval?.lower).toBeLessThanOrEqual(
    valueAtEnd(winner),
  );

  const detail = await getTrial(owner, { id, number: winner.number });
  expect(detail.details?.curve.length).toBeGreaterThan(2);
  expect(detail.manifest).toMatchObject({ format: "assay-trial-manifest", trial: winner.number, runId: id });
  const artifact = await loadArtifact(database.db, winner.artifactHash ?? "");
  const trained = await loadArtifact(database.db, end.version.artifactHash);
  expect(loadScorer(artifact).featureSet.version).toBe(trained.featureSet.version);
  expect(artifact.model).toEqual(trained.model); // the trial is the model that was trained once more

  const manifest = await getManifest(owner, { runId: id });
  const watching = { signal: deps.signal, report: () => {} };
  expect(await repeatTraining(deps, manifest, watching)).toMatchObject({
    sameContent: true,
    sameArtifact: true,
  });

  const { lines, before } = await readLog(owner, { id });
  expect(before).toBeNull();
  expect(lines[0]?.text).toMatch(/configurations by recall at 1 % false alarms on the validation days/);
  expect(lines.at(-1)?.text).toMatch(/The winner is trial/);
  expect((await listExperiments(owner)).map((each) => each.id)).toEqual([id]);
});

test("every trial is exported as a run of MLflow, with its figures rung by rung", async () => {
  const [experiment] = await listExperiments(owner);
  const id = experiment?.id ?? "";
  const out = await mkdtemp(join(tmpdir(), "assay-trials-"));
  const { folder, trials } = await exportExperiment(owner, { id, out });
  const view = await getExperiment(owner, { id });
  expect(trials).toBe(view.trials.length);
  const [place = "", ...others] = await readdir(folder);
  expect(others).toEqual([]);
  expect(await readFile(join(folder, place, "meta.yaml"), "utf8")).toContain(
    `name: 'assay experiment ${id}'`,
  );
  const runs = (await readdir(join(folder, place))).filter((name) => name !== "meta.yaml");
  expect(runs).toHaveLength(trials);
  const tags = await Promise.all(
    runs.map((run) => readFile(join(folder, place, run, "tags/assay.state"), "utf8")),
  );
  const winner = runs[tags.indexOf("won")] ?? "";
  const lines = (await readFile(join(folder, place, winner, "metrics/validation_recall_at_fpr_01"), "utf8"))
    .trim()
    .split("\n");
  const won = view.trials.find(({ state }) => state === "won");
  expect(lines.map((line) => Number(line.split(" ")[1]))).toEqual(
    won?.rungs.map(({ figures }) => figures.recall_at_fpr_01.value),
  );
  expect((await readdir(join(folder, place, winner, "artifacts"))).sort()).toEqual([
    "importance.json",
    "log.txt",
    "manifest.json",
    "model",
    "precision-recall.json",
  ]);
  await rm(out, { recursive: true });
});

test("the same seed tries the same and chooses the same", async () => {
  const id = await started(asked);
  await runTraining(deps, id);
  const [again, first] = await listExperiments(owner);
  const [one, two] = await Promise.all(
    [first, again].map((each) => getExperiment(owner, { id: each?.id ?? "" })),
  );
  const told = (view: typeof one): unknown =>
    view?.trials.map(({ parameters, state, rungs }) => ({
      parameters,
      state,
      figures: rungs.map(({ figures }) => figures),
    }));
  expect(told(two)).toEqual(told(one));
});

test("a cancelled experiment ends, keeps what was measured and makes no version", async () => {
  const versions = await database.db.modelVersion.count();
  const id = await started({ ...asked, seed: 6 });
  let seen = 0;
  const cancelling = new AbortController();
  const onProgress = ({ stage }: { stage: string }): void => {
    if (stage.startsWith("trial") && ++seen === 3) cancelling.abort();
  };
  await cancelTraining(owner, { runId: id });
  const end = await runTraining(
    { ...deps, signal: cancelling.signal, whenStopped: "cancel", onProgress },
    id,
  );
  expect(end).toEqual({ status: "cancelled" });
  const experiment = await getExperiment(owner, { id });
  expect(experiment.status).toBe("cancelled");
  expect(experiment.trials.some(({ state }) => state === "waiting" || state === "running")).toBe(false);
  expect(await database.db.modelVersion.count()).toBe(versions);
});

test("an experiment whose process was killed fails as a whole, and its half-done trial says so", async () => {
  const versions = await database.db.modelVersion.count();
  const id = await started({ ...asked, seed: 7 });
  const data = { runId: id, family: "rules", imbalance: "none", parameters: {} };
  await database.db.trainingTrial.create({ data: { ...data, number: 1, state: "running" } });
  const late = new Date(owner.now().getTime() + 120_000);
  expect(await failOrphanedRuns(database.db, late)).toEqual([id]);
  const experiment = await getExperiment(owner, { id });
  expect(experiment.error).toMatch(/stopped without a word/);
  expect(experiment.trials).toMatchObject([{ state: "stopped", artifactHash: null }]);
  expect(await database.db.modelVersion.count()).toBe(versions);
});

test("an analyst may not start one, and two at once are a conflict", async () => {
  const analyst: Actor = { kind: "user", id: "u", name: "Ann", email: "a@b.c", role: "analyst" } as Actor;
  await expect(async () => startExperiment({ ...owner, actor: analyst }, asked)).rejects.toMatchObject({
    code: "forbidden",
  });
  await startExperiment(owner, asked);
  await expect(startExperiment(owner, asked)).rejects.toMatchObject({ code: "conflict" });
});

test("a plain training is no experiment", async () => {
  await expect(getExperiment(owner, { id: "none" })).rejects.toMatchObject({ code: "not_found" });
});
