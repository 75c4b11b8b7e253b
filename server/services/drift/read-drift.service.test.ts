import { afterEach, beforeEach, expect, test } from "vitest";
import { encodeArtifact, type ModelArtifact } from "#ml/models/artifact.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { contextOf, systemContext } from "#server/services/case/testing/seed.ts";
import { readDrift } from "./read-drift.ts";
import { artifactWithReference } from "./testing/artifact.ts";

const now = new Date("2026-11-20T12:00:00.000Z");
let t: TestDatabase;
beforeEach(async () => {
  t = await createTestDatabase();
});
afterEach(async () => t.drop());

async function seedChampion(artifact: ModelArtifact): Promise<string> {
  const { bytes, hash } = encodeArtifact(artifact);
  await t.db.modelArtifact.create({ data: { hash, bytes: Uint8Array.from(bytes) } });
  const version = { family: artifact.family, featureSetName: "default", featureSetVersion: "default@test" };
  const times = { createdAt: now, trainedFrom: now, trainedTo: now };
  const data = { ...version, ...times, status: "champion", artifactHash: hash, metrics: {} };
  return (await t.db.modelVersion.create({ data })).id;
}

async function seedDay(modelVersionId: string, day: string, counts: Record<string, number[]>): Promise<void> {
  const data = Object.entries(counts).map(([feature, bins]) => ({
    modelVersionId,
    feature,
    day: new Date(day),
    counts: bins,
    missing: 0,
  }));
  await t.db.featureDay.createMany({ data });
}

test("without a champion there is nothing to compare with", async () => {
  expect(await readDrift(systemContext(t.db, now), { days: 7 })).toEqual({ status: "no_champion" });
});

test("a champion whose payments were not counted yet says what it will be compared with", async () => {
  await seedChampion(artifactWithReference);
  const view = await readDrift(systemContext(t.db, now), { days: 7 });
  expect(view).toMatchObject({ status: "nothing_counted", champion: { referenceRows: 1000 } });
});

test("the last days are summed, ranked worst first, in the words of the feature set", async () => {
  const id = await seedChampion(artifactWithReference);
  await seedDay(id, "2026-11-01", { amount: [900, 0, 0], hour_of_day: [0, 900], score: [0, 900] });
  await seedDay(id, "2026-11-18", { amount: [250, 150, 100], hour_of_day: [100, 400], score: [250, 250] });
  await seedDay(id, "2026-11-19", { amount: [250, 150, 100], hour_of_day: [100, 400], score: [250, 250] });
  const view = await readDrift(systemContext(t.db, now), { days: 7 });
  if (view.status !== "read") throw new Error(view.status);
  expect([view.from, view.to, view.rows]).toEqual(["2026-11-13", "2026-11-19", 1000]);
  expect(view.features.map((feature) => feature.name)).toEqual(["hour_of_day", "amount"]);
  const [worst, calm] = view.features;
  // Shares 0.2, 0.8 against 0.5, 0.5.
  expect(worst?.psi).toBeCloseTo(-0.3 * Math.log(0.4) + 0.3 * Math.log(1.6), 12);
  expect(worst?.text).toBe("time of day (UTC, in hours)");
  expect(calm?.psi).toBeCloseTo(0, 12);
  expect(view.score.psi).toBeCloseTo(0, 12);
  expect(worst?.days.map((day) => day.day)).toEqual(["2026-11-18", "2026-11-19"]);
});

test("under 500 payments the page is told how many there are", async () => {
  const id = await seedChampion(artifactWithReference);
  await seedDay(id, "2026-11-19", { amount: [200, 10, 2], score: [106, 106] });
  const view = await readDrift(systemContext(t.db, now), { days: 1 });
  expect(view).toMatchObject({ rows: 212, floor: { needed: 500, met: false } });
  const key = contextOf(t.db, { id: "u", name: "v", role: "viewer" }, now);
  const caller = { ...key, actor: { kind: "api_key", id: "k", name: "k", scopes: ["score"] } } as const;
  await expect(readDrift(caller, { days: 1 })).rejects.toMatchObject({ code: "forbidden" });
});
