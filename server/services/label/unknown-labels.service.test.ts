import { afterAll, beforeAll, expect, test } from "vitest";
import { defaultFeatureSet } from "#ml/features/default-set.ts";
import { sliceOf, unlabelledPolicies } from "#ml/training/time-split.ts";
import { openPool } from "#server/db/pool.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { AnalysisWindow, labelBases } from "#server/domain/analysis-window.ts";
import { buildBlocks } from "#server/services/analysis/testing/build-blocks.ts";
import { contextOf, seedUser, systemContext } from "#server/services/case/testing/seed.ts";
import { readCosts } from "#server/services/cost/index.ts";
import { readPerformance } from "#server/services/performance/index.ts";
import {
  now,
  seedDecisions,
  seedModel,
  seedPolicy,
} from "#server/services/performance/testing/seed-window.ts";
import { readReviewQuality } from "#server/services/review-quality/index.ts";
import { loadDataset } from "#server/services/training/load-dataset.ts";

/** Every reader of labels beside payments that nobody said anything of, on both sides of maturity (30 days). */
let database: TestDatabase;
let pool: ReturnType<typeof openPool>;
beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  const owner = { policyVersionId: await seedPolicy(db), modelVersionId: await seedModel(db) };
  await seedDecisions(db, owner, [
    { score: 0.1, daysAgo: 29 },
    { score: 0.2, daysAgo: 2 },
    { score: 0.3, daysAgo: 2, outcome: "review" },
    { score: 0.4, daysAgo: 29, outcome: "decline" },
    { score: 0.5, daysAgo: 40, outcome: "decline" },
    { score: 0.6, daysAgo: 40 },
    { score: 0.7, daysAgo: 40, label: "fraud" },
  ]);
  await buildBlocks(database.url, now);
  pool = openPool(database.url, 2);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const DAY_MS = 86_400_000;
const asked = (basis: (typeof labelBases)[number]) =>
  AnalysisWindow.parse({ preset: "90", basis, version: "all" });

test.each(labelBases)(
  "on the basis %s, performance and costs know one legitimate payment: the mature approval",
  async (basis) => {
    const ctx = systemContext(database.db, now);
    const performance = await readPerformance(ctx, asked(basis));
    const costs = await readCosts(ctx, { ...asked(basis), currency: null });
    for (const view of [performance, costs]) {
      if (view.status !== "read") throw new Error("nothing was scored");
      expect(view.counts).toMatchObject({ rows: 7, fraud: 1, legitimate: 1, waiting: 4, declined: 1 });
    }
  },
);

test("training rows without a label carry none, and slices take no immature one for legitimate", async () => {
  const { dataset } = await loadDataset(pool, { featureSet: defaultFeatureSet, from: null, to: null, now });
  expect([...dataset.labels].sort()).toEqual([-1, -1, -1, -1, -1, -1, 1]);
  const window = { fromMs: 0, toMs: now.getTime() + 1 };
  for (const unlabelled of unlabelledPolicies) {
    for (const knownAtMs of [now.getTime(), now.getTime() - 5 * DAY_MS]) {
      const { rows, labels } = sliceOf(dataset, window, { unlabelled, maturityDays: 30, knownAtMs });
      rows.forEach((row, i) => {
        const age = knownAtMs - (dataset.occurredAtMs[row] ?? 0);
        if (labels[i] === 0) expect(age).toBeGreaterThanOrEqual(30 * DAY_MS);
      });
    }
  }
});

test("of payments declined live that nobody spoke of, training learns nothing however old they are", async () => {
  const { dataset } = await loadDataset(pool, { featureSet: defaultFeatureSet, from: null, to: null, now });
  const rule = { unlabelled: "legitimate_when_mature", maturityDays: 30, knownAtMs: now.getTime() } as const;
  const { labels } = sliceOf(dataset, { fromMs: 0, toMs: now.getTime() + 1 }, rule);
  expect([...labels].sort()).toEqual([0, 1]);
});

test("a verdict on a young payment is upheld by nobody's silence", async () => {
  const { db } = database;
  const analyst = await seedUser(db, "analyst");
  const payments = await db.transaction.findMany({ orderBy: { occurredAt: "desc" }, take: 3 });
  await db.label.createMany({
    data: payments.map(({ id }) => ({
      ...{
        transactionId: id,
        label: "legitimate",
        source: "analyst",
        actorKind: "user",
        actorId: analyst.id,
      },
      ...{ occurredAt: now, recordedAt: new Date(now.getTime() - 1) },
    })),
  });
  const { people } = await readReviewQuality(contextOf(db, analyst, now), { days: 90 });
  expect(people[0]?.counts).toMatchObject({ legitimateUpheld: 0, unknown: 3 });
});
