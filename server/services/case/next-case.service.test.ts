import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { claimCase, nextCase, peekNextCase, releaseCase, snoozeCase } from "./index.ts";
import { contextOf, paidAt, seedCase, seedUser } from "./testing/seed.ts";

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await database.drop();
});

const now = new Date("2026-11-20T12:00:00.000Z");
const HALF_HOUR = 30 * 60_000;

async function person(name: string, at = now, role: "analyst" | "lead" | "viewer" = "analyst") {
  return contextOf(database.db, await seedUser(database.db, role, name), at);
}

test("32 analysts who ask for 100 cases at once get 100 different ones, the costliest first", async () => {
  const { db } = database;
  for (let i = 0; i < 100; i++) await seedCase(db, { expectedLossMinor: BigInt(1000 + i) });
  const analysts = await Promise.all(Array.from({ length: 32 }, (_, i) => person(`A${i}`)));
  const got: string[] = [];
  const losses: number[][] = [];
  await Promise.all(
    analysts.map(async (ctx) => {
      const mine: number[] = [];
      for (let row = await nextCase(ctx); row !== null; row = await nextCase(ctx)) {
        got.push(row.id);
        mine.push(Number(row.expectedLossMinor));
      }
      losses.push(mine);
    }),
  );
  expect(got).toHaveLength(100);
  expect(new Set(got).size).toBe(100);
  for (const mine of losses) expect(mine).toEqual([...mine].sort((a, b) => b - a));
  expect(await db.auditEvent.count({ where: { action: "case.claim" } })).toBe(100);
});

test("claimed, snoozed and closed cases are passed over until the claim or the snooze has run out", async () => {
  const { db } = database;
  const claimed = await seedCase(db, { expectedLossMinor: 300n });
  const snoozed = await seedCase(db, { expectedLossMinor: 200n });
  await seedCase(db, { expectedLossMinor: 400n, status: "closed", disposition: "fraud", closedAt: now });
  const plain = await seedCase(db, { expectedLossMinor: 100n });
  const bob = await person("Bob");
  await claimCase(bob, { caseId: claimed.id });
  await snoozeCase(bob, { caseId: snoozed.id, version: 1, until: new Date(now.getTime() + HALF_HOUR) });
  const ada = await person("Ada");
  expect(await peekNextCase(ada)).toEqual({ id: plain.id });
  expect((await nextCase(ada))?.id).toBe(plain.id);
  expect(await nextCase(ada)).toBeNull();
  const later = { ...ada, now: () => new Date(now.getTime() + HALF_HOUR) };
  expect((await nextCase(later))?.id).toBe(claimed.id);
  expect((await nextCase(later))?.id).toBe(snoozed.id);
});

test("a claim lasts half an hour, is shown to others, and refuses them by name", async () => {
  const { id } = await seedCase(database.db);
  const bob = await person("Bob");
  const row = await claimCase(bob, { caseId: id });
  expect(row.holder).toMatchObject({ name: "Bob", until: "2026-11-20T12:30:00.000Z" });
  await expect(claimCase(await person("Ada"), { caseId: id })).rejects.toMatchObject({
    code: "conflict",
    message: "Bob has Case 1 until 2026-11-20 12:30 UTC.",
  });
  const events = await database.db.caseEvent.findMany({ where: { caseId: id } });
  expect(events.map((event) => event.kind)).toEqual(["claimed"]);
});

test("claiming again prolongs one's own claim without a new line in the timeline", async () => {
  const { id } = await seedCase(database.db);
  const bob = await person("Bob");
  const first = await claimCase(bob, { caseId: id });
  const again = await claimCase({ ...bob, now: () => new Date(now.getTime() + 60_000) }, { caseId: id });
  expect(again).toMatchObject({ version: first.version, holder: { until: "2026-11-20T12:31:00.000Z" } });
  expect(await database.db.caseEvent.count({ where: { caseId: id } })).toBe(1);
});

test("one person who claims twice at once has one claim and one line in the timeline", async () => {
  const { id } = await seedCase(database.db);
  const bob = await person("Bob");
  const rows = await Promise.all([claimCase(bob, { caseId: id }), claimCase(bob, { caseId: id })]);
  expect(rows.map((row) => row.version)).toEqual([2, 2]);
  expect(await database.db.caseEvent.count({ where: { caseId: id } })).toBe(1);
});

test("of many who claim one case at once exactly one gets it", async () => {
  const { id } = await seedCase(database.db);
  const people = await Promise.all(Array.from({ length: 8 }, (_, i) => person(`P${i}`)));
  const results = await Promise.allSettled(people.map((ctx) => claimCase(ctx, { caseId: id })));
  expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
});

test("a released case is free again; another's claim takes a lead to release", async () => {
  const { db } = database;
  const { id } = await seedCase(db);
  const bob = await person("Bob");
  await claimCase(bob, { caseId: id });
  await expect(releaseCase(await person("Ada"), { caseId: id })).rejects.toMatchObject({ code: "conflict" });
  expect((await releaseCase(await person("Lea", now, "lead"), { caseId: id })).holder).toBeNull();
  expect((await releaseCase(bob, { caseId: id })).holder).toBeNull();
  const actions = await db.auditEvent.findMany({ where: { subjectId: id }, orderBy: { seq: "asc" } });
  expect(actions.map((row) => row.action)).toEqual(["case.claim", "case.release"]);
});

test("a closed case can be neither claimed, released nor snoozed", async () => {
  const { id } = await seedCase(database.db, { status: "closed", disposition: "fraud", closedAt: paidAt });
  const ada = await person("Ada");
  const until = new Date(now.getTime() + 1000);
  for (const attempt of [
    () => claimCase(ada, { caseId: id }),
    () => releaseCase(ada, { caseId: id }),
    () => snoozeCase(ada, { caseId: id, version: 1, until }),
  ]) {
    await expect(attempt()).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("fraud"),
    });
  }
});

test("a snooze gives back the claim and must end within 30 days", async () => {
  const { db } = database;
  const { id } = await seedCase(db);
  const ada = await person("Ada");
  const { version } = await claimCase(ada, { caseId: id });
  for (const ahead of [0, 31 * 86_400_000, Number.NaN]) {
    const until = new Date(now.getTime() + ahead);
    await expect(snoozeCase(ada, { caseId: id, version, until })).rejects.toMatchObject({ code: "invalid" });
  }
  const until = new Date(now.getTime() + 3_600_000);
  const row = await snoozeCase(ada, { caseId: id, version, until });
  expect(row).toMatchObject({ holder: null, snoozedUntil: until.toISOString(), version: version + 1 });
  expect(await db.auditEvent.count({ where: { subjectId: id, action: "case.snooze" } })).toBe(1);
});

test("a viewer may not claim, release, snooze or ask for the next case", async () => {
  const { id } = await seedCase(database.db);
  const viewer = await person("Vic", now, "viewer");
  for (const attempt of [
    () => claimCase(viewer, { caseId: id }),
    () => releaseCase(viewer, { caseId: id }),
    () => snoozeCase(viewer, { caseId: id, version: 1, until: now }),
    () => nextCase(viewer),
    () => peekNextCase(viewer),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: "forbidden" });
  }
});
