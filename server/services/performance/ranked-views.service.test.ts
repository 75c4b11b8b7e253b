import { afterAll, beforeAll, expect, test } from "vitest";
import { cardPrecisionAtK } from "#ml/evaluation/card-precision.ts";
import { decileGains, topK } from "#ml/evaluation/lift-gains.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { AnalysisWindow } from "#server/domain/analysis-window.ts";
import { DAY_MS } from "#server/domain/day.ts";
import { defaultPolicy } from "#server/domain/policy.ts";
import { buildBlocks } from "#server/services/analysis/testing/build-blocks.ts";
import { seedPayments } from "#server/services/analysis/testing/seed-payments.ts";
import { contextOf, systemContext } from "#server/services/case/testing/seed.ts";
import { recordLabels } from "#server/services/label/index.ts";
import { readBands } from "./read-bands.ts";
import { readCardPrecision } from "./read-card-precision.ts";
import { readPerformance } from "./read-performance.ts";
import { now, seedModel, seedPolicy } from "./testing/seed-window.ts";

let t: TestDatabase;
const asked = AnalysisWindow.parse({});

/** 600 payments of 60 cards on three days; every eighth is fraud, with many equal scores. */
const payments = Array.from({ length: 600 }, (_, i) => {
  const isFraud = i % 8 === 0;
  const day = new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS - (50 - (i % 3)) * DAY_MS);
  return {
    id: `pay_${i}`,
    occurredAt: day,
    score: isFraud ? ((i * 7) % 10) / 10 : ((i * 13) % 12) / 20,
    amountMinor: 1_000 + i,
    outcome: "approve" as const,
    customerId: `cus_${(i * 11) % 60}`,
    isFraud,
  };
});
const scores = payments.map(({ score }) => score);
const labels = payments.map(({ isFraud }) => (isFraud ? 1 : 0));

beforeAll(async () => {
  t = await createTestDatabase();
  const modelVersionId = await seedModel(t.db);
  const young = {
    ...payments[0],
    id: "pay_young",
    occurredAt: new Date(now.getTime() - DAY_MS),
    score: 0.99,
  };
  const rows = [...payments, young].map(({ isFraud: _, ...payment }) => ({ ...payment, modelVersionId }));
  const policyId = await seedPolicy(t.db, { reviewCapacityPerDay: 7 });
  await seedPayments(t.db, policyId, rows as Parameters<typeof seedPayments>[2]);
  const frauds = payments.filter(({ isFraud }) => isFraud);
  await recordLabels(
    systemContext(t.db, now),
    frauds.map(({ id }) => ({ transactionId: id, label: "fraud", source: "chargeback", occurredAt: now })),
  );
  await buildBlocks(t.url, now);
}, 120_000);
afterAll(() => t.drop());

test("card precision equals that of the rows themselves, day by day", async () => {
  for (const k of [1, 5, 7, 12, 100]) {
    const view = await readCardPrecision(systemContext(t.db, now), { ...asked, k });
    const rows = {
      days: payments.map(({ occurredAt }) => occurredAt.getTime()),
      cardIds: payments.map(({ customerId }) => `customer ${customerId}`),
      labels,
      scores,
    };
    const { daily, mean } = cardPrecisionAtK(rows, k);
    expect(view?.mean).toBeCloseTo(mean ?? -1, 12);
    expect(view?.days.map(({ cards, compromised, found }) => [cards, compromised, found])).toEqual(
      daily.map((day) => [day.cards, day.compromised, day.detected.length]),
    );
    expect(view?.perfectMean).toBeCloseTo(cardPrecisionAtK({ ...rows, scores: labels }, k).mean ?? -1, 12);
    for (const day of view?.days ?? []) expect(day.reachable).toBeGreaterThanOrEqual(day.precision);
  }
});

test("as many cards are checked as the policy's analysts work cases, unless said otherwise", async () => {
  const view = await readCardPrecision(systemContext(t.db, now), { ...asked, k: null });
  expect([view?.k, view?.capacityPerDay, view?.days.length]).toEqual([7, 7, 3]);
});

test("gains and lift equal those of the rows themselves", async () => {
  const view = await readBands(systemContext(t.db, now), asked);
  for (const decile of decileGains(scores, labels)) {
    const gain = view?.gains.find(({ share }) => share === decile.decile / 10);
    expect(gain?.k).toBe(decile.k);
    expect(gain?.gain).toBeCloseTo(decile.gain ?? -1, 12);
    expect(gain?.lift).toBeCloseTo(decile.lift ?? -1, 12);
  }
  const [first] = topK(scores, labels, [30]);
  expect(view?.gains.find(({ share }) => share === 0.05)?.frauds).toBeCloseTo(first?.hits ?? -1, 12);
});

test("bands go with the points of the curve and hold them", async () => {
  const ctx = systemContext(t.db, now);
  const [view, read] = [await readBands(ctx, asked), await readPerformance(ctx, asked)];
  if (view === null || read.status !== "read") throw new Error("nothing was scored");
  expect(view.points.map(({ threshold }) => threshold)).toEqual(
    read.points.map(({ threshold }) => threshold),
  );
  const { averagePrecision, rocAuc } = read.ranking;
  expect(view.ranking.averagePrecision?.lower).toBeLessThan(averagePrecision ?? 0);
  expect(view.ranking.averagePrecision?.upper).toBeGreaterThan(averagePrecision ?? 1);
  expect(view.ranking.rocAuc?.lower).toBeLessThan(rocAuc ?? 0);
  expect(view.ranking.rocAuc?.upper).toBeGreaterThan(rocAuc ?? 1);
  expect(await readBands(ctx, asked)).toEqual(view); // the same window, the same draws
});

test("what was drawn is kept for the same rows only: a payment that comes of age is among the next", async () => {
  const window = AnalysisWindow.parse({ preset: "custom", from: "2026-10-01", to: "2026-11-19" });
  const rowsAt = async (time: Date): Promise<number | undefined> =>
    (await readBands(systemContext(t.db, time), window))?.gains.at(-1)?.k;
  expect(await rowsAt(now)).toBe(600);
  expect(await rowsAt(new Date(now.getTime() + 30 * DAY_MS))).toBe(601);
});

test("load counts every scored payment, cost the known ones by the policy's figures", async () => {
  const read = await readPerformance(systemContext(t.db, now), AnalysisWindow.parse({ preset: "90" }));
  if (read.status !== "read") throw new Error("nothing was scored");
  const { lossRate, chargebackFeeMinor, reviewCostMinor, missRate, delayCostMinor } = defaultPolicy.cost;
  expect([read.capacityPerDay, read.days, read.counts.waiting]).toEqual([7, 4, 1]);
  for (const point of read.points) {
    const cost = payments.map(({ score, amountMinor, isFraud }) => {
      const loss = amountMinor * lossRate + chargebackFeeMinor;
      if (score < point.threshold) return isFraud ? loss : 0;
      return reviewCostMinor + (isFraud ? missRate * loss : delayCostMinor);
    });
    expect(point.costMinor).toBeCloseTo(
      cost.reduce((sum, each) => sum + each, 0),
      4,
    );
    const young = point.threshold <= 0.99 ? 1 : 0;
    expect(point.alerts).toBe(scores.filter((score) => score >= point.threshold).length + young);
  }
  const { missedMinor, caughtMinor, falseAlertMinor } = read.cost;
  const everything = (caughtMinor ?? 0) * 75 + (falseAlertMinor ?? 0) * 525;
  expect(read.points.at(-1)?.costMinor).toBeCloseTo(everything, 4);
  const lost = payments.filter(({ isFraud }) => isFraud).map(({ amountMinor }) => amountMinor * lossRate);
  expect((missedMinor ?? 0) - chargebackFeeMinor).toBeCloseTo(
    lost.reduce((sum, each) => sum + each / 75, 0),
    8,
  );
});

test("a viewer may look, a caller of the scoring API may not, and too few frauds have no bands", async () => {
  const viewer = contextOf(t.db, { id: "u", name: "v", role: "viewer" }, now);
  await expect(readBands(viewer, asked)).resolves.toMatchObject({ replicates: 200 });
  const key = { ...viewer, actor: { kind: "api_key", id: "k", name: "k", scopes: ["score"] } } as const;
  await expect(readBands(key, asked)).rejects.toMatchObject({ code: "forbidden" });
  await expect(readCardPrecision(key, { ...asked, k: 1 })).rejects.toMatchObject({ code: "forbidden" });
  const day = { ...asked, preset: "custom", from: "2026-10-01", to: "2026-10-01" } as const;
  await expect(readBands(viewer, day)).resolves.toBeNull();
});
