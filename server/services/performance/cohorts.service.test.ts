import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { buildBlocks } from "#server/services/analysis/testing/build-blocks.ts";
import { systemContext } from "#server/services/case/testing/seed.ts";
import { ReadCohortsInput, readCohorts } from "./read-cohorts.ts";
import { now, type SeedDecision, seedDecisions, seedModel, seedPolicy } from "./testing/seed-window.ts";
import { updateCohorts } from "./update-cohorts.ts";

// `now` is a Friday: 46 days ago lies in the week of 5 October, 39 in that of the 12th, 4 in that of 16 November.
let t: TestDatabase;
let owner: { policyVersionId: string; modelVersionId: string };
const asked = ReadCohortsInput.parse({ threshold: 0.5, version: "all" });
const job = () => ({ db: t.db, now: () => now });
const read = () => readCohorts(systemContext(t.db, now), asked);

const week = (daysAgo: number, frauds: number): SeedDecision[] =>
  Array.from({ length: 100 }, (_, at) => ({
    score: at < 40 ? 0.8 : 0.1,
    label: at % 40 < frauds ? ("fraud" as const) : null,
    daysAgo,
    customerId: `cus_${at}`,
  }));

beforeAll(async () => {
  t = await createTestDatabase();
  owner = { policyVersionId: await seedPolicy(t.db), modelVersionId: await seedModel(t.db) };
  await seedDecisions(t.db, owner, [...week(46, 32), ...week(39, 9), ...week(4, 0)]);
  await buildBlocks(t.url, now);
  expect(await updateCohorts(job())).toBe(3);
});
afterAll(async () => t.drop());

test("each week has what came true, hidden with its reason under the floor, and what was to be expected", async () => {
  const { cohorts, versionId } = await read();
  expect(versionId).toBeNull();
  expect(cohorts.map(({ from }) => from)).toEqual(["2026-10-05", "2026-10-12", "2026-11-16"]);
  const [first, second, young] = cohorts;
  expect(first).toMatchObject({ rows: 100, maturedShare: 1, knownFrauds: 84, isTracked: true });
  expect(first?.realised.precision).toMatchObject({ value: 0.8, effective: 40, hidden: null });
  expect(first?.realised.recall.value).toBeCloseTo(32 / 84, 12);
  expect(first?.estimated.precision.value).toBeCloseTo(0.8, 9);
  expect(first?.estimated.recall.value).toBeCloseTo(32 / 38, 9);
  expect(second?.realised.recall).toMatchObject({
    value: null,
    hidden: "Worth 27 of the 30 known frauds that it takes.",
  });
  expect(young?.realised.precision).toMatchObject({
    value: null,
    hidden: "None of its payments is 30 days old yet.",
  });
  expect(young?.estimated.precision.value).toBeCloseTo(0.8, 9);
});

test("the track record tells how far estimates of matured weeks were off, and how often the interval held", async () => {
  const { track } = await read();
  expect(track.precision.weeks).toBe(2);
  expect(track.precision.meanAbsoluteError).toBeCloseTo((0 + 0.575) / 2, 6);
  expect(track.precision.covered).toBe(1);
});

test("nothing is computed again until something changes; a label that comes later changes its week alone", async () => {
  expect(await updateCohorts(job())).toBe(0);
  await seedDecisions(t.db, owner, [{ score: 0.9, label: "fraud", daysAgo: 39 }]);
  await buildBlocks(t.url, now);
  expect(await updateCohorts(job())).toBe(1);
  expect((await read()).cohorts[1]).toMatchObject({ rows: 101 });
});

test("weeks kept from step to step are those of a computation from scratch", async () => {
  const kept = await t.db.performanceCohort.findMany({
    orderBy: [{ modelVersionId: "asc" }, { week: "asc" }],
  });
  await t.db.performanceCohort.deleteMany();
  await updateCohorts(job());
  const anew = await t.db.performanceCohort.findMany({
    orderBy: [{ modelVersionId: "asc" }, { week: "asc" }],
  });
  expect(kept.length).toBeGreaterThan(3);
  expect(anew).toEqual(kept);
});

test("a week matures with the days that pass", async () => {
  const later = new Date(now.getTime() + 35 * 86_400_000);
  expect(await updateCohorts({ db: t.db, now: () => later })).toBe(1);
  expect((await read()).cohorts.at(-1)).toMatchObject({ maturedShare: 1 });
});
