import type { Pool } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { psiFromCounts } from "#ml/monitoring/population-stability.ts";
import { countBins } from "#ml/monitoring/quantile-bins.ts";
import { openPool } from "#server/db/pool.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { contextOf, systemContext } from "#server/services/case/testing/seed.ts";
import { decideLog, type Served, writeDecisions } from "#server/services/training/testing/serve-log.ts";
import { type TrainedLog, trainedLog } from "#server/services/training/testing/trained-log.ts";
import { readDrift, readFeatureDrift, updateDrift } from "./index.ts";
import { WEEK_MS, weekOf } from "./weeks.ts";

let database: TestDatabase;
let pool: Pool;
let trained: TrainedLog;
let served: Served[];
let now: Date;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = openPool(database.url, 4);
  trained = await trainedLog(database.db, pool);
  now = new Date(trained.log.endMs + 2 * WEEK_MS);
  served = await decideLog(pool, trained.log.payments, trained);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const update = (): Promise<number> => updateDrift({ db: database.db, pool, now: () => now });
const inWeek = (weekMs: number): Served[] =>
  served.slice(0, -1).filter(({ payment }) => weekOf(payment.occurredAtMs) === weekMs);

test("without a champion there is nothing to watch", async () => {
  expect(await update()).toBe(0);
  expect(await readDrift(systemContext(database.db, now), { weeks: 26, week: null })).toEqual({
    status: "no_champion",
  });
});

test("weeks are counted once, from what was served, and equal a count from scratch", async () => {
  await database.db.modelVersion.update({
    where: { id: trained.modelVersionId },
    data: { status: "champion" },
  });
  const ctx = systemContext(database.db, now);
  expect(await readDrift(ctx, { weeks: 26, week: null })).toMatchObject({ status: "not_watched" });
  await writeDecisions(pool, served.slice(0, -1), trained);
  expect(await update()).toBeGreaterThan(2);
  expect(await update()).toBe(0);
  const view = await readDrift(ctx, { weeks: 52, week: null });
  if (view.status !== "read") throw new Error(view.status);
  const amount = await readFeatureDrift(ctx, { feature: "amount", weeks: 52 });
  const place = trained.artifact.featureSet.definitions.findIndex(({ name }) => name === "amount");
  const own = trained.artifact.reference.features[place];
  if (own === undefined) throw new Error("no amount");
  for (const week of view.weeks) {
    const rows = inWeek(Date.parse(week.week));
    expect(week.rows).toBe(rows.length);
    const counts = countBins(
      own.cuts,
      rows.map(({ features }) => features[place] ?? Number.NaN),
    ).counts;
    const stored = amount.weeks.find((each) => each.week === week.week);
    expect(stored?.counts).toEqual(counts);
    const psi = psiFromCounts(own.counts, counts)?.psi ?? null;
    expect(stored?.drift?.psi ?? null).toEqual(week.enough ? psi : null);
  }
});

test("a week to which decisions came afterwards is counted again", async () => {
  await writeDecisions(pool, served.slice(-1), trained);
  expect(await update()).toBe(1);
  const newest = weekOf(served.at(-1)?.payment.occurredAtMs ?? 0);
  const { rows } = await pool.query("select rows from drift_window where week = $1", [new Date(newest)]);
  expect(rows).toEqual([{ rows: inWeek(newest).length + 1 }]);
});

test("another policy begins the watch anew", async () => {
  await database.db.policyVersion.updateMany({ data: { status: "retired" } });
  const [policy] = await database.db.policyVersion.findMany();
  const body = { ...(policy?.body as object), name: "Other" };
  await database.db.policyVersion.create({
    data: { status: "active", body, createdAt: now, activatedAt: now },
  });
  expect(await update()).toBeGreaterThan(2);
});

test("a feature that nobody reads is not found, and callers by key see nothing", async () => {
  const ctx = systemContext(database.db, now);
  await expect(readFeatureDrift(ctx, { feature: "shoe_size", weeks: 4 })).rejects.toMatchObject({
    code: "not_found",
  });
  const user = contextOf(database.db, { id: "u", name: "v", role: "viewer" }, now);
  const key = { ...user, actor: { kind: "api_key", id: "k", name: "k", scopes: ["score"] } } as const;
  await expect(readDrift(key, { weeks: 4, week: null })).rejects.toMatchObject({ code: "forbidden" });
  await expect(readFeatureDrift(key, { feature: "amount", weeks: 4 })).rejects.toMatchObject({
    code: "forbidden",
  });
});
