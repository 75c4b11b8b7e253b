import { afterAll, beforeAll, expect, test } from "vitest";
import { curvePoints } from "#ml/evaluation/curves.ts";
import { averagePrecision, rocAuc } from "#ml/evaluation/ranking.ts";
import { recallAtFpr } from "#ml/evaluation/recall-at-fpr.ts";
import { confusionAt } from "#ml/evaluation/threshold.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { AnalysisWindow, type AnalysisWindowInput } from "#server/domain/analysis-window.ts";
import { buildBlocks } from "#server/services/analysis/testing/build-blocks.ts";
import { contextOf, systemContext } from "#server/services/case/testing/seed.ts";
import { type PerformanceView, readPerformance } from "./read-performance.ts";
import { now, type SeedDecision, seedDecisions, seedModel, seedPolicy } from "./testing/seed-window.ts";

let test1: TestDatabase;
let owner: { policyVersionId: string; modelVersionId: string };

/** 60 frauds and 240 legitimate payments with many ties, as the pages see them. */
const known: readonly SeedDecision[] = Array.from({ length: 300 }, (_, i) => {
  const isFraud = i % 5 === 0;
  const score = isFraud ? ((i * 7) % 20) / 20 : ((i * 13) % 40) / 80;
  const outcome = score >= 0.45 ? "review" : "approve";
  // Half of the legitimate payments carry no label: being mature makes them legitimate.
  const label = isFraud ? "fraud" : i % 2 === 0 ? "legitimate" : null;
  return { score, label, outcome, amountMinor: BigInt(100 + i) } as const;
});

beforeAll(async () => {
  test1 = await createTestDatabase();
  owner = { policyVersionId: await seedPolicy(test1.db), modelVersionId: await seedModel(test1.db) };
  await seedDecisions(test1.db, owner, [
    ...known,
    { score: null, outcome: "review" },
    { score: 0.99, outcome: "decline" },
    { score: 0.97, outcome: "decline", label: "fraud", amountMinor: 5_000n, currency: "USD", daysAgo: 50 },
    { score: 0.6, daysAgo: 20, label: "fraud" },
    { score: 0.1, daysAgo: 20 },
  ]);
  await buildBlocks(test1.url, now);
}, 120_000);
afterAll(async () => test1.drop());

async function read(asked: AnalysisWindowInput): Promise<Extract<PerformanceView, { status: "read" }>> {
  const view = await readPerformance(systemContext(test1.db, now), AnalysisWindow.parse(asked));
  if (view.status !== "read") throw new Error("nothing was scored");
  return view;
}

const rows = [...known, { score: 0.97, label: "fraud" as const }].map(({ score, label }) => ({
  score: score ?? Number.NaN,
  label: label === "fraud" ? 1 : 0,
}));
const scores = rows.map((row) => row.score);
const labels = rows.map((row) => row.label);

test("ranking measures equal those computed from the rows themselves", async () => {
  const { ranking } = await read({});
  expect(ranking.averagePrecision).toBeCloseTo(averagePrecision(scores, labels) ?? -1, 12);
  expect(ranking.rocAuc).toBeCloseTo(rocAuc(scores, labels) ?? -1, 12);
  expect(ranking.recallAtFpr001).toBeCloseTo(recallAtFpr(scores, labels, 0.001) ?? -1, 12);
  expect(ranking.recallAtFpr01).toBeCloseTo(recallAtFpr(scores, labels, 0.01) ?? -1, 12);
});

test("counts at each threshold equal a count of the rows at or above it", async () => {
  const { points } = await read({});
  expect(points.length).toBeGreaterThan(10);
  for (const point of points) {
    const { tp, fp } = confusionAt(scores, labels, point.threshold);
    expect([point.threshold, point.tp, point.fp]).toEqual([point.threshold, tp, fp]);
  }
});

test("every distinct score of a fraud is a point of the curve", async () => {
  const { points } = await read({});
  const shown = new Set(points.map((point) => point.threshold));
  const fraudScores = curvePoints(scores, labels).filter((p) =>
    rows.some((r) => r.score === p.threshold && r.label === 1),
  );
  for (const point of fraudScores) expect(shown).toContain(point.threshold);
});

test("what is not known is counted apart and never as legitimate", async () => {
  const { counts } = await read({});
  expect(counts).toEqual({ rows: 303, fraud: 61, legitimate: 240, waiting: 0, declined: 1, unscored: 1 });
});

test("young payments wait on the basis of mature labels, and only the unlabelled wait on all labels", async () => {
  const window = { preset: "custom", from: "2026-10-25", to: "2026-11-05" } as const;
  expect((await read(window)).counts).toMatchObject({ fraud: 0, legitimate: 0, waiting: 2 });
  expect((await read({ ...window, basis: "labelled" })).counts).toMatchObject({ fraud: 1, waiting: 1 });
});

test("money is of the most frequent currency only", async () => {
  const view = await read({});
  const euro = known.filter((row) => row.label === "fraud");
  expect(view.currency).toBe("EUR");
  expect(view.otherCurrencies).toEqual(["USD"]);
  expect(view.fraudMinor).toBe(euro.reduce((sum, row) => sum + Number(row.amountMinor), 0));
  const lowest = view.points.at(-1);
  expect(lowest?.caughtMinor).toBe(view.fraudMinor);
  expect(lowest?.stoppedMinor).toBe(view.legitimateMinor);
});

test("the policy's own alerts are everything it did not approve", async () => {
  const { served } = await read({});
  const alerted = known.filter((row) => row.outcome !== "approve");
  const tp = alerted.filter((row) => row.label === "fraud").length + 1;
  expect(served.tp).toBe(tp);
  expect(served.fp).toBe(alerted.length - tp + 1);
  expect(served.recall).toBeCloseTo(tp / 61, 12);
});

test("the histogram holds every known row once", async () => {
  const { histogram } = await read({});
  expect(histogram.reduce((sum, bin) => sum + bin.fraud, 0)).toBe(61);
  expect(histogram.reduce((sum, bin) => sum + bin.legitimate, 0)).toBe(240);
});

test("under the floor of labelled frauds no measure is shown, and the counts say why", async () => {
  const view = await read({ preset: "custom", from: "2026-10-01", to: "2026-10-02" });
  expect(view.floor).toEqual({ needed: 50, met: false });
  expect(view.ranking).toEqual({
    averagePrecision: null,
    rocAuc: null,
    recallAtFpr001: null,
    recallAtFpr01: null,
  });
});

test("a viewer may look; a caller of the scoring API may not", async () => {
  const viewer = contextOf(test1.db, { id: "u", name: "v", role: "viewer" }, now);
  await expect(readPerformance(viewer, AnalysisWindow.parse({}))).resolves.toMatchObject({ status: "read" });
  const key = { ...viewer, actor: { kind: "api_key", id: "k", name: "k", scopes: ["score"] } } as const;
  await expect(readPerformance(key, AnalysisWindow.parse({}))).rejects.toMatchObject({ code: "forbidden" });
});
