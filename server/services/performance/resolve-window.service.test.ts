import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { AnalysisWindow } from "#server/domain/analysis-window.ts";
import { resolveWindow } from "./resolve-window.ts";
import { now, seedDecisions, seedModel, seedPolicy } from "./testing/seed-window.ts";

let t: TestDatabase;
beforeEach(async () => {
  t = await createTestDatabase();
});
afterEach(async () => t.drop());

async function seeded(
  daysAgo: readonly number[],
): Promise<{ policyVersionId: string; modelVersionId: string }> {
  const owner = { policyVersionId: await seedPolicy(t.db), modelVersionId: await seedModel(t.db) };
  await seedDecisions(
    t.db,
    owner,
    daysAgo.map((days) => ({ score: 0.5, daysAgo: days })),
  );
  return owner;
}

const iso = (time: Date | undefined): string | undefined => time?.toISOString().slice(0, 10);

test("nothing scored means no window", async () => {
  expect(await resolveWindow(t.db, now, AnalysisWindow.parse({}))).toBeNull();
});

test("the default is the last 30 days whose disputes are over", async () => {
  await seeded([1, 35, 59.6]);
  const window = await resolveWindow(t.db, now, AnalysisWindow.parse({}));
  expect([iso(window?.from), iso(window?.to), window?.notes]).toEqual(["2026-09-21", "2026-10-21", []]);
});

test("a window that begins before the first scored payment says from when on there is anything", async () => {
  await seeded([35]);
  const window = await resolveWindow(t.db, now, AnalysisWindow.parse({}));
  expect(window?.notes).toEqual(["The first scored payment in this window is of 16 Oct 2026."]);
});

test("history of years ago is shown up to its newest payment, and a note says so", async () => {
  await seeded([3000, 3010]);
  const window = await resolveWindow(t.db, now, AnalysisWindow.parse({}));
  const newest = new Date(now.getTime() - 3000 * 86_400_000);
  expect(iso(new Date((window?.to.getTime() ?? 0) - 1))).toBe(iso(newest));
  expect(window?.notes[0]).toContain("up to the newest scored payment");
});

test("a champion that scored nothing in the window gives way to all versions, and a note says so", async () => {
  const owner = await seeded([35]);
  await t.db.modelVersion.update({ where: { id: owner.modelVersionId }, data: { status: "retired" } });
  const champion = await seedModel(t.db);
  const window = await resolveWindow(t.db, now, AnalysisWindow.parse({}));
  expect(window?.versionId).toBeNull();
  expect(window?.notes[0]).toContain("scored nothing in this window");
  const asked = await resolveWindow(t.db, now, AnalysisWindow.parse({ version: champion }));
  expect(asked?.versionId).toBe(champion);
});

test("the last 7 days end with the day of the newest payment", async () => {
  await seeded([2]);
  const window = await resolveWindow(t.db, now, AnalysisWindow.parse({ preset: "7" }));
  expect([iso(window?.from), iso(window?.to)]).toEqual(["2026-11-12", "2026-11-19"]);
});

test("a window of one's own includes both days, and must be one of at most 92 days", async () => {
  await seeded([2]);
  const read = (from: string | null, to: string | null) =>
    resolveWindow(t.db, now, AnalysisWindow.parse({ preset: "custom", from, to }));
  const window = await read("2026-08-01", "2026-10-31");
  expect([iso(window?.from), iso(window?.to)]).toEqual(["2026-08-01", "2026-11-01"]);
  await expect(read("2026-08-01", "2026-11-01")).rejects.toThrow("at most 92 days");
  await expect(read("2026-08-02", "2026-08-01")).rejects.toThrow("before its first");
  await expect(read("2026-08-02", null)).rejects.toThrow("first and its last day");
  await expect(resolveWindow(t.db, now, AnalysisWindow.parse({ version: "nobody" }))).rejects.toMatchObject({
    code: "not_found",
  });
});
