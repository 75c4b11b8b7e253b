import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { AnalysisWindow } from "#server/domain/analysis-window.ts";
import { buildBlocks } from "#server/services/analysis/testing/build-blocks.ts";
import { contextOf, systemContext } from "#server/services/case/testing/seed.ts";
import {
  now,
  seedDecisions,
  seedModel,
  seedPolicy,
} from "#server/services/performance/testing/seed-window.ts";
import { readCertainty } from "./read-certainty.ts";
import { type CostsView, readCosts } from "./read-costs.ts";
import { readModelCosts } from "./read-model-costs.ts";
import { readSegmentCosts } from "./read-segment-costs.ts";

let t: TestDatabase;
beforeAll(async () => {
  t = await createTestDatabase();
  const owner = { policyVersionId: await seedPolicy(t.db), modelVersionId: await seedModel(t.db) };
  const amountMinor = 10_000n;
  await seedDecisions(t.db, owner, [
    { score: 0.9, label: "fraud", outcome: "decline", amountMinor },
    { score: 0.7, outcome: "review", amountMinor },
    { score: 0.5, label: "fraud", outcome: "review", amountMinor },
    { score: 0.1, outcome: "approve", amountMinor },
    { score: 0.1, outcome: "approve", amountMinor },
    { score: 0.95, outcome: "decline", amountMinor },
    { score: 0.3, label: "fraud", outcome: "approve", amountMinor: 50_000n, currency: "USD" },
  ]);
  await buildBlocks(t.url, now);
});
afterAll(async () => t.drop());

async function read(currency: string | null): Promise<Extract<CostsView, { status: "read" }>> {
  const view = await readCosts(systemContext(t.db, now), { ...AnalysisWindow.parse({}), currency });
  if (view.status !== "read") throw new Error("nothing was scored");
  return view;
}

test("strategies cost what they cost by hand: fraud 12,500 missed, 2,500 to decline, 500 to review a good one", async () => {
  const { strategies } = await read(null);
  const byKey = new Map(strategies.map((strategy) => [strategy.key, strategy]));
  expect(byKey.get("approve_all")).toMatchObject({ totalMinor: 25_000, savedMinor: 0, fraudsActedOn: 0 });
  expect(byKey.get("decline_all")).toMatchObject({ totalMinor: 7_500, declined: 5, frictionMinor: 7_500 });
  expect(byKey.get("review_all")).toMatchObject({ totalMinor: 2 * 1_650 + 3 * 500, reviewed: 5 });
  expect(byKey.get("best_decline")).toMatchObject({ totalMinor: 2_500, declined: 3, fraudsActedOn: 2 });
  // One fraud declined (0), one reviewed (1,650), one good payment reviewed (500), two approved (0).
  expect(byKey.get("served")).toMatchObject({
    totalMinor: 2_150,
    reviewed: 2,
    declined: 1,
    savedMinor: 22_850,
  });
  // By cost it declines 0.9 and 0.7, reviews 0.5 and the two at 0.1: 2,500 and 1,650 and twice 500.
  expect(byKey.get("policy")).toMatchObject({ totalMinor: 5_150, declined: 2, reviewed: 3 });
});

test("each segment costs what it cost, in its own currency", async () => {
  const asked = { ...AnalysisWindow.parse({}), currency: null };
  const view = await readSegmentCosts(systemContext(t.db, now), asked);
  expect(
    view?.segments.map(({ dimension, value, currency, rows }) => [dimension, value, currency, rows]),
  ).toEqual([
    ["currency", "EUR", "EUR", 5],
    ["currency", "USD", "USD", 1],
    ["channel", null, "EUR", 5],
  ]);
  const [euro, dollar] = view?.segments ?? [];
  expect(euro?.cost).toEqual({ minor: 2_150, interval: null });
  expect([euro?.savedVsApprove.minor, euro?.savedVsReview.minor]).toEqual([22_850, 4_800 - 2_150]);
  expect(dollar?.cost.minor).toBe(52_500);
});

test("the optimum is on the curve, and a declined payment that nobody labelled is left out and counted", async () => {
  const { optimum, curve, counts } = await read(null);
  expect(optimum.decline).toMatchObject({ threshold: 0.5, costMinor: 2_500 });
  expect(optimum.review).toMatchObject({ threshold: 0.5, costMinor: 2 * 1_650 + 500 });
  expect(curve.find((point) => point.threshold === 0.5)?.declineMinor).toBe(2_500);
  expect(counts).toMatchObject({ fraud: 2, legitimate: 3, declined: 1 });
});

test("currencies are never added: each has its own curve", async () => {
  const view = await read("USD");
  expect(view.currencies).toEqual(["EUR", "USD"]);
  expect(view.counts).toMatchObject({ rows: 1, fraud: 1 });
  expect(view.rowsOfOthers).toBe(6);
  expect(view.strategies.find((strategy) => strategy.key === "approve_all")?.totalMinor).toBe(52_500);
});

test("under the floor of labelled frauds the view says so and gives no interval", async () => {
  const view = await read(null);
  expect(view.floor).toEqual({ needed: 50, met: false });
  expect(view.interval).toEqual({ review: null, decline: null });
});

test("with enough frauds the optimum, the curve, every way and every model come with intervals that hold them", async () => {
  const own = await createTestDatabase();
  const owner = { policyVersionId: await seedPolicy(own.db), modelVersionId: await seedModel(own.db) };
  const rows = Array.from({ length: 160 }, (_, i) => ({
    score: ((i * 37) % 160) / 160,
    label: i % 4 === 0 || (i * 37) % 160 > 120 ? ("fraud" as const) : ("legitimate" as const),
    amountMinor: 10_000n,
    customerId: `cus_${i % 40}`,
    outcome: i % 5 === 0 ? ("review" as const) : ("approve" as const),
  }));
  await seedDecisions(own.db, owner, rows);
  await buildBlocks(own.url, now);
  const ctx = systemContext(own.db, now);
  const asked = { ...AnalysisWindow.parse({}), currency: null };
  const [view, sure] = [await readCosts(ctx, asked), await readCertainty(ctx, asked)];
  const models = await readModelCosts(ctx, asked);
  await own.drop();
  if (view.status !== "read" || sure === null || models === null) throw new Error(view.status);
  const { threshold } = view.optimum.decline;
  expect(view.interval.decline?.lower).toBeLessThanOrEqual(threshold ?? -1);
  expect(view.interval.decline?.upper).toBeGreaterThanOrEqual(threshold ?? 2);
  for (const [at, band] of sure.bands.entries()) {
    expect(band.review?.lower).toBeLessThan(view.curve[at]?.reviewMinor ?? 0);
    expect(band.review?.upper).toBeGreaterThan(view.curve[at]?.reviewMinor ?? 0);
  }
  for (const { key, cost, savedVsApprove } of sure.strategies) {
    const known = view.strategies.find((strategy) => strategy.key === key);
    expect(cost.minor).toBeCloseTo(known?.totalMinor ?? 0, 6);
    expect(savedVsApprove.minor).toBeCloseTo(known?.savedMinor ?? 0, 6);
    expect(cost.interval?.lower).toBeLessThan(cost.minor);
    expect(cost.interval?.upper).toBeGreaterThan(cost.minor);
  }
  const costOf = (key: string): number => sure.strategies.find((one) => one.key === key)?.cost.minor ?? 0;
  const { minor, interval } = sure.policyOverBest.review;
  expect(minor).toBeCloseTo(costOf("policy") - costOf("best_review"), 6);
  expect(interval?.lower).toBeLessThanOrEqual(minor);
  expect(interval?.upper).toBeGreaterThanOrEqual(minor);
  const [served, rules] = models.models;
  expect([served?.key, rules?.key, models.difference]).toEqual(["served", "rules", null]);
  expect(served?.area).toBeLessThan(0.25);
  expect(rules?.area).toBe(0.25); // no rule ever hit
  expect(served?.now.interval?.lower).toBeLessThanOrEqual(served?.now.cost ?? 0);
});

test("under the floor nothing is said of how sure figures are", async () => {
  const asked = { ...AnalysisWindow.parse({}), currency: null };
  const ctx = systemContext(t.db, now);
  expect([await readCertainty(ctx, asked), await readModelCosts(ctx, asked)]).toEqual([null, null]);
});

test("only those who may look at analytics get the costs", async () => {
  const viewer = contextOf(t.db, { id: "u", name: "v", role: "viewer" }, now);
  const key = { ...viewer, actor: { kind: "api_key", id: "k", name: "k", scopes: ["label"] } } as const;
  const asked = { ...AnalysisWindow.parse({}), currency: null };
  await expect(readCosts(viewer, asked)).resolves.toMatchObject({ status: "read" });
  for (const read of [readCosts, readCertainty, readModelCosts, readSegmentCosts]) {
    await expect(read(key, asked)).rejects.toMatchObject({ code: "forbidden" });
  }
});
