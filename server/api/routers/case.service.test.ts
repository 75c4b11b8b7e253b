import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import type { Role } from "#server/domain/permission.ts";
import type { ScoringPort } from "#server/domain/scoring-port.ts";
import { seedCase, seedUser } from "#server/services/case/testing/seed.ts";
import { createCaller } from "../root.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});

const now = new Date("2026-11-20T12:00:00.000Z");
const refuse = (): Promise<never> => Promise.reject(new Error("no scoring in this test"));
const scoring: ScoringPort = { score: refuse, scoreBatch: refuse, byId: refuse };

async function callerOf(role: Role | null) {
  const { db } = database;
  const actor = role === null ? null : ({ kind: "user", ...(await seedUser(db, role)) } as const);
  return createCaller({ db, actor, now: () => now, scoring });
}

test("a case goes from the queue to a verdict, back by undo, and into the audit log", async () => {
  const { id } = await seedCase(database.db);
  const lead = await callerOf("lead");
  expect((await lead.case.list({})).rows.map((row) => row.id)).toEqual([id]);
  expect((await lead.case.counts({})).open).toBe(1);
  expect(await lead.case.peekNext()).toEqual({ id });
  const taken = await lead.case.next();
  const closed = await lead.case.close({ caseId: id, disposition: "fraud", version: taken?.version ?? 0 });
  const open = await lead.case.reopen({ caseId: id, version: "version" in closed ? closed.version : 0 });
  await lead.case.addNote({ caseId: id, text: "again" });
  const until = new Date(now.getTime() + 60_000).toISOString();
  expect((await lead.case.snooze({ caseId: id, version: open.version, until })).snoozedUntil).toBe(until);
  expect((await lead.case.byId({ caseId: id })).timeline.map((event) => event.kind)).toEqual([
    "claimed",
    "closed",
    "reopened",
    "note",
    "snoozed",
  ]);
  const actions = (await lead.audit.list({ subjectId: id })).rows.map((row) => row.action);
  expect(actions).toEqual(["case.snooze", "case.note", "case.reopen", "case.close", "case.claim"]);
});

test("what react-query adds to a request for a page is no reason to refuse it", async () => {
  const analyst = await callerOf("analyst");
  const input = { order: "age", direction: "forward" } as const;
  expect((await analyst.case.list(input)).rows).toEqual([]);
});

test.each(["viewer", "model_owner"] as const)("a %s reads cases and changes none", async (role) => {
  const { id } = await seedCase(database.db);
  const caller = await callerOf(role);
  expect((await caller.case.byId({ caseId: id })).id).toBe(id);
  const changes = [
    () => caller.case.next(),
    () => caller.case.claim({ caseId: id }),
    () => caller.case.release({ caseId: id }),
    () => caller.case.close({ caseId: id, disposition: "fraud", version: 1 }),
    () => caller.case.reopen({ caseId: id, version: 1 }),
    () => caller.case.addNote({ caseId: id, text: "x" }),
    () => caller.case.snooze({ caseId: id, version: 1, until: now.toISOString() }),
  ];
  for (const change of changes) await expect(change()).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("nobody who has not signed in sees cases or the audit log", async () => {
  const nobody = await callerOf(null);
  await expect(nobody.case.list({})).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  await expect(nobody.audit.list({})).rejects.toMatchObject({ code: "UNAUTHORIZED" });
});
