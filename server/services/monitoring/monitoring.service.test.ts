import type { Pool } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { FeatureReference } from "#ml/monitoring/feature-reference.ts";
import { countBins } from "#ml/monitoring/quantile-bins.ts";
import { openPool } from "#server/db/pool.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { decideLog, type Served, writeDecisions } from "#server/services/training/testing/serve-log.ts";
import { type TrainedLog, trainedLog } from "#server/services/training/testing/trained-log.ts";
import { createDecisionAggregator, NO_MODEL, SCORE_FEATURE } from "./index.ts";

let database: TestDatabase;
let pool: Pool;
let trained: TrainedLog;
let served: Served[];
const HELD_BACK = 2;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = openPool(database.url, 6);
  trained = await trainedLog(database.db, pool);
  served = await decideLog(pool, trained.log.payments, trained);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const aggregator = (batch: number) =>
  createDecisionAggregator({ db: database.db, pool, now: trained.ctx.now, batch });

async function counts() {
  const days = await database.db.decisionDay.findMany({
    orderBy: [{ day: "asc" }, { modelVersionId: "asc" }, { currency: "asc" }, { outcome: "asc" }],
  });
  const features = await database.db.featureDay.findMany({ orderBy: [{ day: "asc" }, { feature: "asc" }] });
  const rounded = days.map((day) => ({ ...day, scoreSum: Number(day.scoreSum.toFixed(9)) }));
  return { days: rounded, features };
}

async function decisionsCounted(): Promise<number> {
  const { _sum } = await database.db.decisionDay.aggregate({ _sum: { decisions: true } });
  return _sum.decisions ?? 0;
}

test("counting as decisions come in gives what counting all of them at once gives", async () => {
  const incremental = aggregator(97);
  const decisions = served.slice(0, -HELD_BACK);
  const step = Math.ceil(decisions.length / 3);
  for (let at = 0; at < decisions.length; at += step) {
    await writeDecisions(pool, decisions.slice(at, at + step), trained);
    await incremental.tick();
  }
  await incremental.tick();
  const gathered = await counts();
  expect(await decisionsCounted()).toBe(decisions.length);

  await pool.query("truncate decision_day, feature_day, job_cursor");
  const fresh = aggregator(100_000);
  expect([await fresh.tick(), await fresh.tick(), await fresh.tick()]).toEqual([0, decisions.length, 0]);
  expect(await counts()).toEqual(gathered);
});

test("the counts are those of the served values on the reference bins, by the payment's UTC day", async () => {
  const { features } = await counts();
  const dayOf = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10);
  const day = dayOf(trained.log.endMs - 3 * 86_400_000);
  const scored = served
    .slice(0, -HELD_BACK)
    .filter(({ payment, score }) => dayOf(payment.occurredAtMs) === day && score !== null);
  expect(scored.length).toBeGreaterThan(10);
  const { reference } = trained.artifact;
  const check = ({ name, cuts, codes, range }: FeatureReference, values: readonly number[]): void => {
    const row = features.find((r) => r.feature === name && r.day.toISOString().startsWith(day));
    const known = values.filter(
      (value) => codes === undefined || Number.isNaN(value) || codes.includes(value),
    );
    expect({ counts: row?.counts, missing: row?.missing }).toEqual(countBins(cuts, known));
    expect(row?.unseen).toBe(values.length - known.length);
    const [least, most] = range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    expect(row?.outside).toBe(values.filter((value) => value < least || value > most).length);
  };
  for (const [i, own] of reference.features.entries()) {
    check(
      own,
      scored.map((decision) => decision.features[i] ?? Number.NaN),
    );
  }
  check(
    { ...reference.score, name: SCORE_FEATURE },
    scored.map(({ score }) => score ?? Number.NaN),
  );
});

test("decisions without a score are counted apart and teach no feature", async () => {
  const failed = served.slice(0, -HELD_BACK).filter(({ score }) => score === null).length;
  const rows = await database.db.decisionDay.findMany({ where: { modelVersionId: NO_MODEL } });
  expect(rows.reduce((sum, row) => sum + row.decisions, 0)).toBe(failed);
  expect(rows.every(({ scoreSum, outcome }) => scoreSum === 0 && outcome === "review")).toBe(true);
  expect(await database.db.featureDay.count({ where: { modelVersionId: NO_MODEL } })).toBe(0);
});

test("a decision that commits after a later one is not skipped", async () => {
  const counting = aggregator(1000);
  await counting.tick();
  await counting.tick();
  const before = await decisionsCounted();
  const slow = await pool.connect();
  await slow.query("begin");
  await writeDecisions(slow, served.slice(-2, -1), trained);
  await writeDecisions(pool, served.slice(-1), trained);
  for (let i = 0; i < 4; i++) await counting.tick();
  expect(await decisionsCounted()).toBe(before);
  await slow.query("commit");
  slow.release();
  await counting.tick();
  await counting.tick();
  expect(await decisionsCounted()).toBe(before + 2);
});

test("several counting processes count each decision once", async () => {
  await pool.query("truncate decision_day, feature_day, job_cursor");
  const [one, two] = [aggregator(150), aggregator(200)];
  for (let round = 0; round < 3; round++) await Promise.all([one.tick(), two.tick()]);
  expect(await decisionsCounted()).toBe(served.length);
});
