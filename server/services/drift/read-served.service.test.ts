import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { contextOf, systemContext } from "#server/services/case/testing/seed.ts";
import { storeArtifact } from "#server/services/model/artifact-store.ts";
import { ReadServedInput, readServed } from "./index.ts";
import { artifactWithReference } from "./testing/artifact.ts";

const now = new Date("2026-11-20T12:00:00.000Z");
const asked = ReadServedInput.parse({ days: 4 });
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function seedChampion(): Promise<string> {
  const { db } = database;
  const version = await db.modelVersion.create({
    data: {
      family: "logistic_regression",
      status: "champion",
      featureSetName: "two",
      featureSetVersion: artifactWithReference.featureSet.version,
      artifactHash: await storeArtifact(db, artifactWithReference),
      createdAt: now,
      trainedFrom: now,
      trainedTo: now,
      metrics: {},
    },
  });
  const shares = { missing: [0, 0.01], unseen: [0, 0], outside: [0, 0] };
  const body = { baseline: { quality: [shares, shares] } };
  const sample = new Uint8Array(0);
  await db.driftBaseline.create({
    data: { modelVersionId: version.id, basis: "any", computedAt: now, body, sample },
  });
  return version.id;
}

async function seedDay(modelVersionId: string, at: string, missing: number): Promise<void> {
  const day = new Date(`${at}T00:00:00.000Z`);
  for (const feature of ["amount", "hour_of_day"]) {
    const own = feature === "amount" ? missing : 0;
    await database.db.featureDay.create({
      data: { day, modelVersionId, feature, counts: [600, 400 - own], missing: own, outside: 3 },
    });
  }
  const counted = {
    currency: "EUR",
    outcome: "approve",
    amountMinor: 0n,
    expectedLossMinor: 0n,
    scoreSum: 0,
  };
  await database.db.decisionDay.createMany({
    data: [
      { day, modelVersionId, decisions: 1_000, ...counted },
      { day, modelVersionId: "none", decisions: 2, ...counted },
    ],
  });
}

test("before there is a champion nothing was served by one", async () => {
  expect(await readServed(systemContext(database.db, now), asked)).toBeNull();
});

test("each day tells how much was served and which features are unlike before; today is not judged yet", async () => {
  const id = await seedChampion();
  await seedDay(id, "2026-11-17", 8);
  await seedDay(id, "2026-11-19", 300);
  await seedDay(id, "2026-11-20", 300);
  const view = await readServed(systemContext(database.db, now), asked);
  expect(view?.days).toEqual([
    { day: "2026-11-17", decisions: 1_002, unscored: 2, changed: 0 },
    { day: "2026-11-18", decisions: 0, unscored: 0, changed: null },
    { day: "2026-11-19", decisions: 1_002, unscored: 2, changed: 1 },
    { day: "2026-11-20", decisions: 1_002, unscored: 2, changed: null },
  ]);
  const [amount, hour] = view?.features ?? [];
  expect(amount).toMatchObject({ name: "amount", usual: { missing: [0, 0.01] } });
  expect(amount?.days.map(({ rows, missing, change }) => [rows, missing, change])).toEqual([
    [1_000, 8, null],
    [1_000, 300, "missing"],
    [1_000, 300, null],
  ]);
  expect(hour?.days.every(({ change }) => change === null)).toBe(true);
});

test("callers by key see nothing of it", async () => {
  const user = contextOf(database.db, { id: "u", name: "v", role: "viewer" }, now);
  const key = { ...user, actor: { kind: "api_key", id: "k", name: "k", scopes: ["score"] } } as const;
  await expect(readServed(key, asked)).rejects.toMatchObject({ code: "forbidden" });
});
