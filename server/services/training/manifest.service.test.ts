import type { Pool } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openPool } from "#server/db/pool.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { writeHistoricalLabels, writePayments } from "#server/services/import/write-history.ts";
import {
  chooseFeatureSet,
  getManifest,
  readManifest,
  repeatTraining,
  type TrainingManifest,
} from "./index.ts";
import { type TrainedLog, trainedLog } from "./testing/trained-log.ts";

let database: TestDatabase;
let pool: Pool;
let trained: TrainedLog;
let manifest: TrainingManifest;
const watching = { signal: new AbortController().signal, report: () => {} };

beforeAll(async () => {
  database = await createTestDatabase();
  pool = openPool(database.url, 3);
  trained = await trainedLog(database.db, pool);
  manifest = await getManifest(trained.ctx, { runId: trained.version.trainingRunId ?? "" });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const deps = () => ({ db: database.db, pool });

test("a run keeps what it learned from, whole", async () => {
  const { payments } = trained.log;
  expect(manifest).toMatchObject({
    rows: payments.length,
    artifactHash: trained.version.artifactHash,
    maturity: { days: 30 },
    options: { families: ["rules"], metric: "expected_cost" },
    policyVersionId: trained.policyVersionId,
    window: { from: new Date(payments[0]?.occurredAtMs ?? 0).toISOString() },
  });
  const labels = Object.values(manifest.labelSources).reduce(
    (sum, one) => sum + one.fraud + one.legitimate,
    0,
  );
  expect(labels).toBe(await database.db.effectiveLabel.count());
  expect(manifest.exclusions.immature).toBeGreaterThan(0);
  expect(manifest.featureSet.features).toHaveLength(trained.artifact.featureSet.definitions.length);
  expect(readManifest(JSON.stringify(manifest))).toEqual(manifest);
});

test("a run is repeated bit for bit after more payments, labels that overrule, and withdrawals have come", async () => {
  const [known] = await database.db.effectiveLabel.findMany({ where: { label: "legitimate" }, take: 1 });
  const first = trained.log.payments[0];
  if (first === undefined) throw new Error("no payments");
  const payment = { ...first, id: "pay_late" };
  await writePayments(pool, [payment], "simulation");
  const unlabelled = await database.db.transaction.findFirstOrThrow({ where: { effectiveLabel: null } });
  const label = (transactionId: string) => ({
    transactionId,
    label: "fraud" as const,
    source: "chargeback" as const,
    occurredAtMs: first.occurredAtMs,
    recordedAtMs: first.occurredAtMs + 1, // told late, and dated back
  });
  await writeHistoricalLabels(pool, [label(unlabelled.id), ...(known ? [label(known.transactionId)] : [])]);
  const again = await repeatTraining(deps(), manifest, watching);
  expect(again).toEqual({
    contentHash: manifest.contentHash,
    artifactHash: manifest.artifactHash,
    sameContent: true,
    sameArtifact: true,
  });
});

test("on another log, or other labels, the repetition says that it is not the same", async () => {
  const { marks } = manifest;
  const fewer = { ...manifest, marks: { ...marks, labelSeq: marks.labelSeq - 20 } };
  expect(await repeatTraining(deps(), fewer, watching)).toMatchObject({ sameContent: false });
  const another = { ...manifest, artifactHash: "0".repeat(64) };
  expect(await repeatTraining(deps(), another, watching)).toMatchObject({
    sameContent: true,
    sameArtifact: false,
  });
});

test("what is no manifest, or needs other features, is refused in a sentence", async () => {
  expect(() => readManifest("{")).toThrow("not JSON");
  expect(() => readManifest(JSON.stringify({ ...manifest, rows: "many" }))).toThrow(/no manifest.*rows/);
  await database.db.$transaction((tx) => chooseFeatureSet(tx, { name: "handbook", attributes: [] }));
  await expect(repeatTraining(deps(), manifest, watching)).rejects.toMatchObject({
    code: "invalid",
    message: expect.stringContaining("The manifest needs the features default@"),
  });
  await expect(getManifest(trained.ctx, { runId: "none" })).rejects.toMatchObject({ code: "not_found" });
});
