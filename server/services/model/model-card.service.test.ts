import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Pool } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { decodeArtifact } from "#ml/models/artifact.ts";
import { openPool } from "#server/db/pool.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { contextOf, seedUser } from "#server/services/case/testing/seed.ts";
import { storedModels } from "#server/services/promotion/testing/stored-models.ts";
import { readManifest } from "#server/services/training/index.ts";
import { type TrainedLog, trainedLog } from "#server/services/training/testing/trained-log.ts";
import { exportMlflow, modelCard } from "./index.ts";

let database: TestDatabase;
let pool: Pool;
let trained: TrainedLog;
let out = "";

beforeAll(async () => {
  database = await createTestDatabase();
  pool = openPool(database.url, 3);
  trained = await trainedLog(database.db, pool);
  out = await mkdtemp(join(tmpdir(), "assay-mlflow-"));
});
afterAll(async () => {
  await rm(out, { recursive: true, force: true });
  await pool.end();
  await database.drop();
});

test("a card tells a version's data, results with intervals, groups, limits and how to make it again", async () => {
  const viewer = contextOf(database.db, await seedUser(database.db, "viewer"), new Date());
  const { card, markdown } = await modelCard(viewer, { number: 1 });
  expect(card.version).toMatchObject({ number: 1, artifactHash: trained.version.artifactHash });
  expect(card.data.contentHash).toBe(card.data.manifest?.contentHash);
  expect(card.metrics?.averagePrecisionInterval?.lower).toBeLessThan(card.metrics?.averagePrecision ?? 0);
  expect(card.segments.some(({ recallInterval }) => recallInterval !== null)).toBe(true);
  expect(card.cost).toBeNull();
  expect(card.limits[0]).toContain("30 days");
  expect(card.driftReference.rows).toBe(trained.artifact.slices.validation.rows);
  for (const part of [
    "Intended use",
    "Data",
    "Results",
    "By group",
    "Calibration",
    "Cost",
    "Limits",
    "Drift",
  ])
    expect(markdown).toContain(`\n## ${part}`);
  expect(markdown).toContain("npm run train -- --from-manifest manifest.json");
  expect(markdown).not.toMatch(/undefined|NaN|null/);
});

test("a version that came without a report has a card that says so", async () => {
  await storedModels(database.db, new Date(), 1);
  const { card, markdown } = await modelCard(trained.ctx, { number: 2 });
  expect(card).toMatchObject({ metrics: null, segments: [], data: { manifest: null } });
  expect(markdown).toContain("this version came without a report");
  await expect(modelCard(trained.ctx, { number: 99 })).rejects.toMatchObject({ code: "not_found" });
});

test("an export is a run of MLflow's file store, the same one each time", async () => {
  const folder = await exportMlflow(trained.ctx, { number: 1, out });
  expect(folder).toBe(join(out, "mlruns"));
  await exportMlflow(trained.ctx, { number: 1, out });
  const [experiment = "", ...experiments] = await readdir(folder);
  expect(experiments).toEqual([]);
  expect(experiment).toMatch(/^\d+$/);
  const runs = (await readdir(join(folder, experiment))).filter((name) => name !== "meta.yaml");
  const [runId = ""] = runs;
  expect(runs).toHaveLength(1);
  expect(runId).toMatch(/^[0-9a-f]{32}$/);
  const read = (path: string) => readFile(join(folder, experiment, path), "utf8");
  expect(await read("meta.yaml")).toContain(`experiment_id: '${experiment}'\n`);
  const meta = Object.fromEntries(
    (await read(`${runId}/meta.yaml`))
      .trim()
      .split("\n")
      .map((line) => line.split(/: (.*)/)),
  );
  expect(meta).toMatchObject({
    artifact_uri: `'file://${join(folder, experiment, runId, "artifacts")}'`,
    experiment_id: `'${experiment}'`,
    lifecycle_stage: "'active'",
    run_id: `'${runId}'`,
    run_uuid: `'${runId}'`,
    status: "3",
    tags: "[]",
  });
  const { card } = await modelCard(trained.ctx, { number: 1 });
  const [at, value, step] = (await read(`${runId}/metrics/average_precision`)).trim().split(" ");
  expect([Number(at), Number(value), step]).toEqual([
    Number(meta.end_time),
    card.metrics?.averagePrecision,
    "0",
  ]);
  expect(await read(`${runId}/params/family`)).toBe("rules");
  expect(await read(`${runId}/params/options.families`)).toBe('["rules"]');
  expect(await read(`${runId}/tags/mlflow.runName`)).toBe("version 1 rules");
  const bytes = await readFile(join(folder, experiment, runId, "artifacts/model/assay-model"));
  expect(decodeArtifact(bytes, trained.version.artifactHash).family).toBe("rules");
  expect(readManifest(await read(`${runId}/artifacts/manifest.json`))).toEqual(card.data.manifest);
});

test("another version is another run of the same experiment", async () => {
  const folder = await exportMlflow(trained.ctx, { number: 2, out });
  const [experiment = ""] = await readdir(folder);
  expect((await readdir(join(folder, experiment))).sort()).toHaveLength(3);
});
