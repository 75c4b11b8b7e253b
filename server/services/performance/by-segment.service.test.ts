import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { AnalysisWindow } from "#server/domain/analysis-window.ts";
import { DAY_MS } from "#server/domain/day.ts";
import { buildBlocks } from "#server/services/analysis/testing/build-blocks.ts";
import { seedPayments } from "#server/services/analysis/testing/seed-payments.ts";
import { contextOf, systemContext } from "#server/services/case/testing/seed.ts";
import { recordLabels } from "#server/services/label/index.ts";
import { readCalibration } from "./read-calibration.ts";
import { readSegments } from "./read-segments.ts";
import { now, seedModel, seedPolicy } from "./testing/seed-window.ts";

let t: TestDatabase;
const asked = AnalysisWindow.parse({});

/**
 * 800 payments a fortnight apart in two batches: every tenth is fraud. Online all frauds score high, at the ATM only
 * every fourth; of the good ones every 23rd scores high in both.
 */
const payments = Array.from({ length: 800 }, (_, i) => {
  const isFraud = i % 10 === 0;
  const isAtm = Math.floor(i / 10) % 2 === 1;
  const high = isFraud ? !isAtm || i % 80 === 10 : i % 23 === 3;
  return {
    id: `pay_${i}`,
    occurredAt: new Date(now.getTime() - (i < 400 ? 50 : 36) * DAY_MS),
    score: high ? 0.8 : 0.05,
    amountMinor: i % 2 === 0 ? 500 : 150_000,
    outcome: "approve" as const,
    customerId: `cus_${i % 40}`,
    channel: isAtm ? "atm" : "ecommerce",
    country: "DE",
    isFraud,
  };
});

beforeAll(async () => {
  t = await createTestDatabase();
  const modelVersionId = await seedModel(t.db);
  const rows = payments.map(({ isFraud: _, ...payment }) => ({ ...payment, modelVersionId }));
  await seedPayments(t.db, await seedPolicy(t.db), rows);
  const labels = payments.filter(({ isFraud }) => isFraud);
  await recordLabels(
    systemContext(t.db, now),
    labels.map(({ id }) => ({ transactionId: id, label: "fraud", source: "chargeback", occurredAt: now })),
  );
  await buildBlocks(t.url, now);
});
afterAll(() => t.drop());

test("each segment's shares are counted, and only what outlasts the correction is called different", async () => {
  const segments = await readSegments(systemContext(t.db, now), { ...asked, threshold: 0.5 });
  const of = (dimension: string, value: string | null) =>
    segments.find((segment) => segment.dimension === dimension && segment.value === value);
  expect(of("channel", "atm")).toMatchObject({ rows: 400, frauds: 40, recall: { value: 0.25 } });
  expect(of("channel", "ecommerce")).toMatchObject({ rows: 400, frauds: 40, recall: { value: 1 } });
  expect(of("channel", "atm")?.recallContrast.differs).toBe(true);
  expect(of("channel", "atm")?.falsePositiveContrast.differs).toBe(false);
  const falsePositives = payments.filter((p) => !p.isFraud && p.channel === "atm" && p.score > 0.5).length;
  expect(of("channel", "atm")?.falsePositives.value).toBeCloseTo(falsePositives / 360, 12);
  expect(of("channel", "ecommerce")?.recall.interval?.upper).toBe(1);
  expect(of("country", "DE")).toMatchObject({
    rows: 800,
    recallContrast: { adjustedP: null, differs: false },
  });
  expect(of("category", null)?.rows).toBe(800);
});

test("amounts stand in bands of the currency's whole units, customers are new for 30 days", async () => {
  const segments = await readSegments(systemContext(t.db, now), { ...asked, threshold: 0.5 });
  const named = segments.filter(({ dimension }) => dimension === "amount" || dimension === "customer");
  expect(named.map(({ value, rows }) => [value, rows])).toEqual([
    ["0 to under 10", 400],
    ["1000 and more", 400],
    ["new, first 30 days", 800],
  ]);
});

test("calibration bins carry rates with intervals, and the weeks are those of the payments", async () => {
  const view = await readCalibration(systemContext(t.db, now), asked);
  const high = payments.filter(({ score }) => score > 0.5);
  const rate = high.filter(({ isFraud }) => isFraud).length / high.length;
  const bin = view?.bins.find(({ meanScore }) => (meanScore ?? 0) > 0.5);
  expect(bin?.count).toBe(high.length);
  expect(bin?.eventRate).toBeCloseTo(rate, 12);
  expect(bin?.interval?.lower).toBeLessThan(rate);
  const low = payments.filter(({ score }) => score < 0.5);
  const lowRate = low.filter(({ isFraud }) => isFraud).length / low.length;
  const ece = (high.length * Math.abs(0.8 - rate) + low.length * Math.abs(0.05 - lowRate)) / 800;
  expect(view?.ece).toBeCloseTo(ece, 12);
  expect(view?.weeks.map(({ from, rows, ece: weekly }) => [from, rows, weekly])).toEqual([
    ["2026-09-28", 400, null], // 40 frauds: under the floor of 50
    ["2026-10-12", 400, null],
  ]);
  const { reliability = 0, resolution = 0, uncertainty = 0, withinBins = 0 } = view?.parts ?? {};
  expect(reliability - resolution + uncertainty + withinBins).toBeCloseTo(view?.brier ?? 0, 12);
});

test("nothing scored gives nothing, and only those who may look at analytics see it", async () => {
  const empty = await createTestDatabase();
  expect(await readCalibration(systemContext(empty.db, now), asked)).toBeNull();
  expect(await readSegments(systemContext(empty.db, now), { ...asked, threshold: 0.5 })).toEqual([]);
  await empty.drop();
  const viewer = contextOf(t.db, { id: "u", name: "v", role: "viewer" }, now);
  const key = { ...viewer, actor: { kind: "api_key", id: "k", name: "k", scopes: ["label"] } } as const;
  await expect(readCalibration(key, asked)).rejects.toMatchObject({ code: "forbidden" });
  await expect(readSegments(key, { ...asked, threshold: 0.5 })).rejects.toMatchObject({ code: "forbidden" });
  await expect(readCalibration(viewer, asked)).resolves.toMatchObject({ rows: 800 });
});
