import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { withInstallation } from "./story/installation.ts";
import { narratorTo } from "./story/narrator.ts";
import { STORY_START_MS, type StoryPlan, storyDefaults } from "./story/plan.ts";
import { playStory } from "./story/play-story.ts";
import { lineOf, recovery, type Story } from "./story/story-told.ts";

/** The story of `npm run story` in a smaller world in which labels mature sooner. */
const plan: StoryPlan = {
  ...storyDefaults,
  seed: 2,
  customers: 460,
  merchants: 150,
  fraudShare: 0.045,
  weeks: { history: 18, before: 3, changed: 8, after: 3 },
  maturityDays: 14,
  matureLabels: 550,
};

let database: TestDatabase;
let story: Story;

beforeAll(async () => {
  database = await createTestDatabase();
  // Nothing here has to survive a crash, and waiting for the disk is most of the time of a verdict.
  const name = new URL(database.url).pathname.slice(1);
  await database.db.$executeRawUnsafe(`alter database ${name} set synchronous_commit = off`);
  const { signal } = new AbortController();
  story = await withInstallation({ url: database.url, startMs: STORY_START_MS, signal }, (installation) =>
    playStory(installation, plan, narratorTo({ write: () => {} })),
  );
}, 900_000);
afterAll(() => database.drop());

test("the fraud changes and recall falls: the whole interval lies below what was before", () => {
  expect(story.before.frauds).toBeGreaterThan(100);
  expect(story.shifted.interval?.upper).toBeLessThan(story.before.recall ?? 0);
});

test("an alert that needs no label comes before mature labels could show it, and before they do", () => {
  const alertMs = story.warnings.withoutLabels?.atMs ?? Number.POSITIVE_INFINITY;
  expect(alertMs).toBeGreaterThan(story.changeMs);
  expect(alertMs).toBeLessThan(story.labelsMs ?? Number.POSITIVE_INFINITY);
  expect(lineOf(story).warnedBeforeLabels).toBe(true);
});

test("triggers of the product ask for trainings, and its gate promotes one that has seen the change", async () => {
  expect(story.retrainings.map(({ trigger }) => trigger)).toContain("alert");
  const found = recovery(story);
  expect(found?.seenToMs).toBeGreaterThan(story.changeMs);
  const verdict = await database.db.gateVerdict.findFirstOrThrow({
    where: { modelVersion: { number: found?.version ?? -1 } },
  });
  expect(verdict.promote).toBe(true);
  const promoted = story.retrainings.filter((retraining) => retraining.promoted);
  const byGate = { action: "model.promote", actorName: "promotion gate" };
  expect(await database.db.auditEvent.count({ where: byGate })).toBe(promoted.length);
});

test("recall recovers: the whole interval of the weeks after lies above that of the changed weeks", () => {
  expect(story.after.frauds).toBeGreaterThan(100);
  expect(story.after.interval?.lower).toBeGreaterThan(story.shifted.recall ?? 1);
});

test("all of it went through the product: decisions by its models, verdicts by analysts, labels in order of time", async () => {
  const { db } = database;
  const decided = story.weeks.reduce((sum, { payments }) => sum + payments, 0);
  expect(await db.decision.count({ where: { origin: "live" } })).toBe(decided);
  expect(await db.decision.count({ where: { origin: "live", modelVersionId: null } })).toBe(0);
  const judged = story.weeks.reduce((sum, week) => sum + week.judged, 0);
  expect(
    await db.auditEvent.count({ where: { action: "case.close", actorKind: "user" } }),
  ).toBeGreaterThanOrEqual(judged);
  const late = await db.label.count({ where: { recordedAt: { gt: new Date(story.endMs) } } });
  expect(late).toBe(0);
});
