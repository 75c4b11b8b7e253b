import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { defaultReviewSettings } from "#server/domain/review-settings.ts";
import { contextOf, seedUser } from "../case/testing/seed.ts";
import { changeReviewSettings, getReviewSettings, readReviewSettings } from "./index.ts";

const now = new Date("2026-11-20T12:00:00.000Z");
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});

const as = async (role: "lead" | "analyst" | "viewer") =>
  contextOf(database.db, await seedUser(database.db, role), now);
const strict = { ...defaultReviewSettings, claimMinutes: 10, secondReviewShare: 0.5 };

test("an analyst may not change how review is done", async () => {
  const change = changeReviewSettings(await as("analyst"), {
    settings: strict,
    expected: defaultReviewSettings,
  });
  await expect(change).rejects.toMatchObject({ code: "forbidden" });
  expect(await getReviewSettings(await as("viewer"))).toEqual(defaultReviewSettings);
});

test("a lead changes the settings, with what was before and after in the audit log; a stale change is a conflict", async () => {
  const lead = await as("lead");
  await changeReviewSettings(lead, { settings: strict, expected: defaultReviewSettings });
  expect(await readReviewSettings(database.db)).toEqual(strict);
  const audited = await database.db.auditEvent.findMany({ where: { action: "review.settings" } });
  expect(audited).toMatchObject([{ before: defaultReviewSettings, after: strict, subjectId: "review" }]);
  const stale = changeReviewSettings(lead, {
    settings: defaultReviewSettings,
    expected: defaultReviewSettings,
  });
  await expect(stale).rejects.toMatchObject({ code: "conflict" });
  expect(await readReviewSettings(database.db)).toEqual(strict);
});
