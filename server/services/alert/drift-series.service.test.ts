import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { AlertRuleBody, type SeriesName } from "#server/domain/alert.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { artifactWithReference } from "#server/services/drift/testing/artifact.ts";
import { storeArtifact } from "#server/services/model/artifact-store.ts";
import { changeRetrainingSettings, getRetraining } from "#server/services/retraining/index.ts";
import { addDefaultRules, evaluateRules } from "./index.ts";
import { linkOf, readSeries } from "./series/registry.ts";

const now = new Date("2026-11-20T12:00:00.000Z");
let database: TestDatabase;
let versionId = "";
const job = (): ServiceContext => ({
  db: database.db,
  actor: { kind: "job", name: "alerts" },
  now: () => now,
});

beforeAll(async () => {
  database = await createTestDatabase();
  const version = await database.db.modelVersion.create({
    data: {
      family: "logistic_regression",
      status: "champion",
      featureSetName: "two",
      featureSetVersion: artifactWithReference.featureSet.version,
      artifactHash: await storeArtifact(database.db, artifactWithReference),
      createdAt: now,
      trainedFrom: now,
      trainedTo: now,
      metrics: {},
    },
  });
  versionId = version.id;
});
afterAll(() => database.drop());
beforeEach(async () => {
  const { db } = database;
  await db.alert.deleteMany();
  await db.alertRule.deleteMany();
  await db.outboxEvent.deleteMany();
  await db.driftWindow.deleteMany();
  await db.featureDay.deleteMany();
  await db.driftBaseline.deleteMany();
});

type Week = { cost?: "above" | "below" | null; moved?: boolean; quality?: "missing" | null; phase?: string };

async function seedWeek(monday: string, { cost = null, moved = false, quality = null, phase }: Week) {
  const of = (name: string, outside: Week["cost"]) => ({
    name,
    outside,
    limits: null,
    shift: null,
    value: 1,
  });
  const body = {
    rows: 900,
    enough: true,
    figures: {},
    series: [of("estimatedCost", cost), of("domainAuc", null)],
    features: [
      [0.3, 0.1, moved, quality, 0, 0, 0],
      [0, 0.1, false, null, 0, 0, 0],
    ],
  };
  const week = new Date(`${monday}T00:00:00.000Z`);
  const facts = { rows: 900, decisions: 900, computedAt: now, phase: phase ?? "watched", body };
  await database.db.driftWindow.create({ data: { modelVersionId: versionId, week, ...facts } });
}

const read = (name: SeriesName, points = 3) => readSeries(database.db, name, { now, points });

test("a figure outside in one week is no alert, in two weeks in a row it is, and in words", async () => {
  await seedWeek("2026-11-02", { cost: "above" });
  await seedWeek("2026-11-09", { cost: "above", moved: true });
  const points = await read("drift_impact");
  expect(points.map(({ value }) => value)).toEqual([0, 1]);
  expect(points[1]).toMatchObject({ sample: 900, note: "Expected cost a payment is above the usual" });
  expect((await read("drift_features")).map(({ value }) => value)).toEqual([0, 0]);
});

test("in opposite directions, before the watch or in the week under way it is none", async () => {
  await seedWeek("2026-10-26", { cost: "below", phase: "baseline" });
  await seedWeek("2026-11-02", { cost: "below" });
  await seedWeek("2026-11-09", { cost: "above" });
  await seedWeek("2026-11-16", { cost: "above", phase: "running" });
  expect((await read("drift_impact")).map(({ value }) => value)).toEqual([0, 0]);
});

test("features that moved and data that changed are alerts of their own kinds", async () => {
  for (const week of ["2026-11-02", "2026-11-09"]) await seedWeek(week, { moved: true, quality: "missing" });
  expect((await read("drift_features")).at(-1)).toMatchObject({ value: 1 });
  expect((await read("drift_quality")).at(-1)?.note).toMatch(/values missing unlike before$/);
});

test("the default rules raise an alert of drift that leads to its week, tells webhooks and asks for a training", async () => {
  const { db } = database;
  const lead = { db, now: () => now, actor: { kind: "user", id: "u", name: "u", role: "admin" } } as const;
  const { settings } = await getRetraining(lead);
  await changeRetrainingSettings(lead, { settings: { ...settings, onAlert: true }, expected: settings });
  for (const week of ["2026-11-02", "2026-11-09"]) await seedWeek(week, { cost: "above" });
  await addDefaultRules(db, now);
  await evaluateRules(job());
  const alert = await db.alert.findFirstOrThrow({ where: { title: "Drift: recall, cost or case load" } });
  expect(alert).toMatchObject({
    severity: "critical",
    link: "/drift?tab=figures&week=2026-11-09",
    says: "Expected cost a payment is above the usual. Alerts of drift: recall, cost, case load is 1, above 0 (900 payments).",
  });
  const event = await db.outboxEvent.findFirstOrThrow({ where: { type: "alert.raised" } });
  expect(event.payload).toMatchObject({ kind: "drift_impact", alertId: alert.id });
  expect(await db.retrainingState.findFirst()).toMatchObject({ pending: { kind: "alert" } });
});

async function seedDay(day: string, feature: string, counts: { valued: number; missing: number }) {
  await database.db.featureDay.create({
    data: {
      day: new Date(`${day}T00:00:00.000Z`),
      modelVersionId: versionId,
      feature,
      counts: [counts.valued],
      missing: counts.missing,
    },
  });
}

test("a day on which a feature is missing as in no usual week counts at once; small days are not judged", async () => {
  const shares = { missing: [0, 0.01], unseen: [0, 0], outside: [0, 0] };
  await database.db.driftBaseline.create({
    data: {
      modelVersionId: versionId,
      basis: "any",
      computedAt: now,
      body: { baseline: { quality: [shares, shares] } },
      sample: new Uint8Array(0),
    },
  });
  await seedDay("2026-11-17", "amount", { valued: 990, missing: 10 });
  await seedDay("2026-11-18", "amount", { valued: 700, missing: 300 });
  await seedDay("2026-11-19", "amount", { valued: 7, missing: 300 });
  await seedDay("2026-11-20", "amount", { valued: 0, missing: 900 }); // today is not over
  const points = await read("broken_features");
  expect(points.map(({ value, sample }) => [value, sample])).toEqual([
    [0, 1_000],
    [1, 1_000],
    [null, 307],
  ]);
  expect(points[1]?.note).toMatch(/\(missing\)$/);
});

test("a rule of a week leads to that week", () => {
  expect(linkOf("drift_features", "2026-11-02T00:00:00.000Z", "2026-11-09T00:00:00.000Z")).toBe(
    "/drift?tab=features&week=2026-11-09",
  );
  expect(AlertRuleBody.shape.series.options).toContain("drift_labels");
});
