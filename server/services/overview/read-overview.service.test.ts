import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import {
  contextOf,
  seedCase,
  seedDecision,
  seedPayment,
  seedUser,
} from "#server/services/case/testing/seed.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { recordLabel } from "#server/services/label/index.ts";
import { readOverview } from "./index.ts";

const now = new Date("2026-11-20T12:00:30.000Z");
const minutesAgo = (n: number): Date => new Date(now.getTime() - n * 60_000);
const yesterday = minutesAgo(1_000);
let database: TestDatabase;
let ctx: ServiceContext;

beforeAll(async () => {
  database = await createTestDatabase();
  ctx = contextOf(database.db, await seedUser(database.db, "admin"), now);
});
afterAll(() => database.drop());

type Decided = { outcome: string; at: Date; amountMinor?: bigint; currency?: string; origin?: string };

async function decided({ outcome, at, amountMinor = 1_000n, currency = "EUR", origin = "live" }: Decided) {
  const { id } = await seedPayment(database.db, { occurredAt: at, amountMinor, currency });
  await seedDecision(database.db, id, {
    outcome,
    occurredAt: at,
    scoredAt: at,
    amountMinor,
    currency,
    origin,
  });
  return id;
}

test("an empty installation reads as nothing, not as an error", async () => {
  expect(await readOverview(ctx)).toMatchObject({
    today: [],
    fraudFound: [],
    moneySaved: [],
    waiting: [],
    champion: null,
    byDay: [],
  });
});

test("today begins at midnight UTC, and currencies stay apart", async () => {
  await decided({ outcome: "approve", at: minutesAgo(5) });
  await decided({ outcome: "approve", at: minutesAgo(6), amountMinor: 500n });
  await decided({ outcome: "decline", at: minutesAgo(7), currency: "USD", amountMinor: 700n });
  await decided({ outcome: "decline", at: yesterday });
  const { today, moneySaved } = await readOverview(ctx);
  expect(today).toHaveLength(2);
  expect(today).toContainEqual({ currency: "EUR", outcome: "approve", payments: 2, amountMinor: 1_500 });
  expect(today).toContainEqual({ currency: "USD", outcome: "decline", payments: 1, amountMinor: 700 });
  expect(moneySaved).toEqual([{ currency: "USD", declinedMinor: 700, confirmedMinor: 0 }]);
});

test("the last 60 full minutes hold live payments only, oldest first", async () => {
  await decided({ outcome: "approve", at: minutesAgo(5), origin: "backfill" });
  const { perMinute } = await readOverview(ctx);
  expect(perMinute).toHaveLength(60);
  // 11:55:30 lies in the minute 11:55, the fifth from the end of 11:00 … 11:59.
  expect(perMinute.slice(-8)).toEqual([0, 1, 1, 1, 0, 0, 0, 0]);
});

test("fraud found counts a payment once per source, by the day it was told", async () => {
  const id = await decided({ outcome: "approve", at: yesterday });
  for (const seconds of [10, 20]) {
    const occurredAt = new Date(now.getTime() - seconds * 1000);
    await recordLabel(ctx, { transactionId: id, label: "fraud", source: "chargeback", occurredAt });
  }
  await recordLabel(ctx, { transactionId: id, label: "legitimate", source: "manual", occurredAt: now });
  expect((await readOverview(ctx)).fraudFound).toEqual([{ source: "chargeback", payments: 1 }]);
});

test("a verdict that was undone is no fraud found", async () => {
  const id = await decided({ outcome: "review", at: yesterday });
  await recordLabel(ctx, { transactionId: id, label: "fraud", source: "manual", occurredAt: now });
  const { seq } = await database.db.label.findFirstOrThrow({ where: { transactionId: id } });
  const before =
    (await readOverview(ctx)).fraudFound.find((found) => found.source === "manual")?.payments ?? 0;
  await database.db.labelWithdrawal.create({
    data: { labelSeq: seq, withdrawnAt: now, actorKind: "system" },
  });
  const after =
    (await readOverview(ctx)).fraudFound.find((found) => found.source === "manual")?.payments ?? 0;
  expect([before, after]).toEqual([1, 0]);
});

test("cases that wait are open and not snoozed; those closed as fraud today are money saved", async () => {
  await seedCase(database.db, { expectedLossMinor: 900n, openedAt: minutesAgo(30) });
  await seedCase(database.db, { expectedLossMinor: 100n, openedAt: minutesAgo(50) });
  await seedCase(database.db, { snoozedUntil: minutesAgo(-60) });
  const closed = { status: "closed", disposition: "fraud", amountMinor: 4_000n };
  await seedCase(database.db, { ...closed, closedAt: minutesAgo(3) });
  await seedCase(database.db, { ...closed, closedAt: yesterday });
  await seedCase(database.db, { ...closed, disposition: "legitimate", closedAt: minutesAgo(3) });
  const { waiting, moneySaved } = await readOverview(ctx);
  expect(waiting).toEqual([
    { currency: "EUR", cases: 2, expectedLossMinor: 1_000, oldestOpenedAt: minutesAgo(50).toISOString() },
  ]);
  expect(moneySaved).toContainEqual({ currency: "EUR", declinedMinor: 0, confirmedMinor: 4_000 });
});

test("the fortnight comes from the daily counts, over model versions and currencies", async () => {
  const row = { amountMinor: 0n, expectedLossMinor: 0n, scoreSum: 0, outcome: "review", currency: "EUR" };
  const day = (text: string): Date => new Date(`${text}T00:00:00.000Z`);
  await database.db.decisionDay.createMany({
    data: [
      { ...row, day: day("2026-11-20"), modelVersionId: "a", decisions: 3 },
      { ...row, day: day("2026-11-20"), modelVersionId: "b", decisions: 4 },
      { ...row, day: day("2026-11-07"), modelVersionId: "a", decisions: 5 },
      { ...row, day: day("2026-11-06"), modelVersionId: "a", decisions: 6 },
    ],
  });
  expect((await readOverview(ctx)).byDay).toEqual([
    { day: "2026-11-07", outcome: "review", payments: 5 },
    { day: "2026-11-20", outcome: "review", payments: 7 },
  ]);
});

test("the champion tells its average precision from the family that its training selected", async () => {
  await database.db.modelArtifact.create({ data: { hash: "h", bytes: new Uint8Array(1) } });
  const version = {
    artifactHash: "h",
    family: "rules",
    featureSetName: "default",
    featureSetVersion: "v",
    createdAt: now,
    trainedFrom: yesterday,
    trainedTo: now,
  };
  const families = {
    rules: { test: { averagePrecision: 0.61 } },
    other: { test: { averagePrecision: 0.2 } },
  };
  await database.db.modelVersion.create({ data: { ...version, status: "candidate", metrics: {} } });
  await database.db.modelVersion.create({
    data: { ...version, status: "champion", promotedAt: now, metrics: { selected: "rules", families } },
  });
  expect((await readOverview(ctx)).champion).toMatchObject({
    number: 2,
    averagePrecision: 0.61,
    promotedAt: now.toISOString(),
  });
});

test("a payment system's key may not look", async () => {
  const key: ServiceContext = { ...ctx, actor: { kind: "api_key", id: "k", name: "k", scopes: ["score"] } };
  await expect(readOverview(key)).rejects.toMatchObject({ code: "forbidden" });
});
