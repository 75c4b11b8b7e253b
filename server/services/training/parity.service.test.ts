import type { Pool } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ModelArtifact } from "#ml/models/artifact.ts";
import { openPool } from "#server/db/pool.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { checkReplay, loadDataset } from "./index.ts";
import type { SeededLog } from "./testing/seed-log.ts";
import { decideLog, type Served, writeDecisions } from "./testing/serve-log.ts";
import { trainedLog } from "./testing/trained-log.ts";

let database: TestDatabase;
let pool: Pool;
let log: SeededLog;
let served: Served[];
let artifact: ModelArtifact;
/** The last bit of one feature of this decision is wrong, and the score of the other is. */
const [WRONG_FEATURE, WRONG_SCORE] = [120, 240];

beforeAll(async () => {
  database = await createTestDatabase();
  pool = openPool(database.url, 3);
  const trained = await trainedLog(database.db, pool);
  ({ log, artifact } = trained);
  const options = { ...trained, corrupt };
  served = await decideLog(pool, log.payments, options);
  await writeDecisions(pool, served, options);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

function corrupt(decided: Served, index: number): Served {
  if (index === WRONG_SCORE) return { ...decided, score: (decided.score ?? 0) / 2 };
  if (index !== WRONG_FEATURE) return decided;
  const features = decided.features.slice();
  const bytes = new Uint8Array(features.buffer);
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return { ...decided, features };
}

test("replay gives what was served bit for bit, and finds the one bit that differs", async () => {
  const report = await checkReplay({ db: database.db, pool }, { sample: null });
  expect(report).toHaveLength(1);
  const [amount] = artifact.featureSet.definitions;
  expect(report[0]?.features).toEqual({
    compared: log.payments.length,
    differing: 1,
    byFeature: [{ feature: amount?.name, rows: 1 }],
    examples: [log.payments[WRONG_FEATURE]?.id],
  });
  const scored = served.filter(({ score }) => score !== null).length;
  expect(report[0]?.scores).toEqual({
    compared: scored,
    differing: 1,
    examples: [log.payments[WRONG_SCORE]?.id],
  });
  expect(served.at(-1)?.labelCursor).toBeGreaterThan(50);
});

test("a sample compares about as many as asked for", async () => {
  const [report] = await checkReplay({ db: database.db, pool }, { sample: 100 });
  expect(report?.features.compared).toBeGreaterThanOrEqual(100);
  expect(report?.features.compared).toBeLessThan(200);
});

test("training rows are the served vectors with the labels known at the moment", async () => {
  const [from, to] = [new Date(log.endMs - 40 * 86_400_000), new Date(log.endMs - 20 * 86_400_000)];
  const options = { featureSet: artifact.featureSet, from, to, now: to };
  const { dataset, skew } = await loadDataset(pool, options);
  const expected = served.filter(
    ({ payment }) => payment.occurredAtMs >= from.getTime() && payment.occurredAtMs < to.getTime(),
  );
  expect(dataset.transactionIds).toEqual(expected.map(({ payment }) => payment.id));
  expect(skew).toMatchObject({ compared: dataset.rows, differing: 0 });
  const row = dataset.rows - 1;
  expect(dataset.features.subarray(row * dataset.width)).toEqual(expected.at(-1)?.features);
  const recorded = dataset.labelRecordedAtMs.filter((at) => !Number.isNaN(at));
  expect(recorded.length).toBeGreaterThan(0);
  expect(recorded.every((at) => at <= to.getTime())).toBe(true);
  const labelled = dataset.labels.filter((label) => label !== -1).length;
  expect(labelled).toBe(recorded.length);

  const later = await loadDataset(pool, { ...options, now: new Date(log.endMs) });
  expect(later.dataset.labels.filter((label) => label !== -1).length).toBeGreaterThan(labelled);
});

test("a row whose replay differs holds what was served", async () => {
  const { dataset, skew } = await loadDataset(pool, {
    featureSet: artifact.featureSet,
    from: null,
    to: null,
    now: new Date(log.endMs),
  });
  expect(skew.differing).toBe(1);
  const at = WRONG_FEATURE * dataset.width;
  expect(dataset.features.slice(at, at + dataset.width)).toEqual(served[WRONG_FEATURE]?.features);
});

test("aborting ends the reading", async () => {
  const signal = AbortSignal.abort(new Error("enough"));
  const options = { featureSet: artifact.featureSet, from: null, to: null, now: new Date(log.endMs), signal };
  await expect(loadDataset(pool, options)).rejects.toThrow("enough");
  await expect(checkReplay({ db: database.db, pool }, { sample: null, signal })).rejects.toThrow("enough");
});
