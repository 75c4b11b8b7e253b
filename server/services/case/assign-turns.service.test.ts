import { afterEach, beforeEach, expect, test } from "vitest";
import type { Prisma } from "#server/db/generated/client.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import type { Role } from "#server/domain/permission.ts";
import { assignTurns, returnCases } from "./index.ts";
import { paidAt, seedCase, seedUser, systemContext } from "./testing/seed.ts";

let database: TestDatabase;
let queueId: string;
beforeEach(async () => {
  database = await createTestDatabase();
  const queue = await database.db.queue.create({
    data: { name: "Turns", position: 1, routing: {}, assignment: "round_robin", createdAt: paidAt },
  });
  queueId = queue.id;
});
afterEach(async () => {
  await database.drop();
});

const now = new Date("2026-11-20T12:00:00.000Z");
const at = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);
const job = (when = now) => ({
  ...systemContext(database.db, when),
  actor: { kind: "job", name: "case routing" } as const,
});

async function member(name: string, fields: Prisma.UserUncheckedUpdateInput = {}, role: Role = "analyst") {
  const user = await seedUser(database.db, role, name);
  await database.db.user.update({ where: { id: user.id }, data: fields });
  await database.db.queueMember.create({ data: { queueId, userId: user.id } });
  return user;
}

let rank = 1_000_000n;
/** A routed case that ranks behind those before it. */
const waiting = (fields: Parameters<typeof seedCase>[1] = {}) =>
  seedCase(database.db, { queueId, routedAt: paidAt, rankMinor: --rank, ...fields });

async function owners(): Promise<(string | null)[]> {
  const rows = await database.db.case.findMany({ orderBy: { rankMinor: "desc" }, include: { owner: true } });
  return rows.map(({ owner }) => owner?.name ?? null);
}

test("cases go to members in turn, the best first, and the order of turns outlasts the call", async () => {
  await member("Ada", { lastAssignedAt: at(-1) });
  await member("Bob", { lastAssignedAt: at(-9) });
  for (let i = 0; i < 3; i++) await waiting();
  expect(await assignTurns(job(), 500)).toBe(3);
  expect(await owners()).toEqual(["Bob", "Ada", "Bob"]);
  await waiting();
  await assignTurns(job(at(1)), 500);
  expect(await owners()).toEqual(["Bob", "Ada", "Bob", "Ada"]);
});

test("what was escalated is not dealt: a lead takes it or gives it to somebody", async () => {
  await member("Ada");
  await waiting({ escalatedAt: paidAt });
  await waiting();
  expect(await assignTurns(job(), 500)).toBe(1);
  expect(await owners()).toEqual([null, "Ada"]);
});

test("an assignment grows the version and leaves a line and an audit row of the job", async () => {
  const ada = await member("Ada");
  const { id } = await waiting();
  await assignTurns(job(), 500);
  const row = await database.db.case.findUniqueOrThrow({ where: { id }, include: { events: true } });
  expect(row).toMatchObject({ ownerId: ada.id, version: 2 });
  expect(row.events).toMatchObject([
    { kind: "assigned", body: { toId: ada.id, to: "Ada", because: "turn" } },
  ]);
  expect(await database.db.auditEvent.findMany()).toMatchObject([
    {
      action: "case.assign",
      subjectId: id,
      actorKind: "job",
      actorName: "case routing",
      after: { ownerId: ada.id },
    },
  ]);
});

test("nobody gets more than their capacity of open cases, whichever queue those are of", async () => {
  const ada = await member("Ada", { caseCapacity: 2 });
  await seedCase(database.db, { ownerId: ada.id, rankMinor: 2_000_000n });
  await seedCase(database.db, { ownerId: ada.id, rankMinor: 2_000_000n, status: "closed" });
  for (let i = 0; i < 3; i++) await waiting();
  expect(await assignTurns(job(), 500)).toBe(1);
  expect(await assignTurns(job(), 500)).toBe(0);
  expect((await owners()).slice(2)).toEqual(["Ada", null, null]);
  await database.db.case.updateMany({
    where: { ownerId: ada.id, status: "open" },
    data: { status: "closed" },
  });
  expect(await assignTurns(job(), 500)).toBe(2);
});

test("two queues at once share one person's capacity", async () => {
  const ada = await member("Ada", { caseCapacity: 3 });
  const other = await database.db.queue.create({
    data: { name: "More", position: 2, routing: {}, assignment: "round_robin", createdAt: paidAt },
  });
  await database.db.queueMember.create({ data: { queueId: other.id, userId: ada.id } });
  for (let i = 0; i < 2; i++) await waiting();
  for (let i = 0; i < 2; i++) await waiting({ queueId: other.id });
  expect(await assignTurns(job(), 500)).toBe(3);
});

test("the away, the disabled and those who don't work on cases get none; with nobody there cases wait", async () => {
  await member("Away", { awayFrom: at(-1), awayUntil: at(60) });
  await member("Gone", { disabledAt: at(-1) });
  await member("Vic", {}, "viewer");
  await waiting();
  expect(await assignTurns(job(), 500)).toBe(0);
  expect(await assignTurns(job(at(60)), 500)).toBe(1);
  expect(await owners()).toEqual(["Away"]);
});

test("claimed, held, snoozed, closed and owned cases are left, and so are queues that people take from", async () => {
  const { db } = database;
  const ada = await member("Ada");
  const bob = await seedUser(db, "analyst", "Bob");
  await waiting({ assigneeId: bob.id, claimedUntil: at(5) });
  await waiting({ heldAt: paidAt });
  await waiting({ snoozedUntil: at(5) });
  await waiting({ status: "closed" });
  await waiting({ ownerId: bob.id });
  await seedCase(db, { routedAt: paidAt });
  expect(await assignTurns(job(), 500)).toBe(0);
  expect(await assignTurns(job(at(5)), 500)).toBe(2);
  expect(await db.case.count({ where: { ownerId: ada.id } })).toBe(2);
});

test("two workers at once keep to the capacity and assign each case once", async () => {
  const ada = await member("Ada", { caseCapacity: 7 });
  const bob = await member("Bob", { caseCapacity: 5 });
  for (let i = 0; i < 20; i++) await waiting();
  await Promise.all(Array.from({ length: 6 }, () => assignTurns(job(), 3)));
  while ((await assignTurns(job(), 3)) > 0);
  const owned = (id: string) => database.db.case.count({ where: { ownerId: id } });
  expect([await owned(ada.id), await owned(bob.id)]).toEqual([7, 5]);
  expect(await database.db.caseEvent.count({ where: { kind: "assigned" } })).toBe(12);
});

test("an owner's cases go back when time off begins, but for the one being worked on, and are assigned anew", async () => {
  const ada = await member("Ada", { awayFrom: at(10) });
  const bob = await member("Bob");
  const working = await waiting({ ownerId: ada.id, assigneeId: ada.id, claimedUntil: at(15) });
  const left = await waiting({ ownerId: ada.id });
  expect(await returnCases(job(), 500)).toBe(0);
  expect(await returnCases(job(at(10)), 500)).toBe(1);
  expect(await assignTurns(job(at(10)), 500)).toBe(1);
  const row = await database.db.case.findUniqueOrThrow({ where: { id: left.id }, include: { events: true } });
  expect(row).toMatchObject({ ownerId: bob.id, version: 3 });
  expect(row.events.map(({ body }) => body)).toMatchObject([
    { toId: null, because: "absent" },
    { toId: bob.id },
  ]);
  expect(await returnCases(job(at(15)), 500)).toBe(1);
  expect((await database.db.case.findUniqueOrThrow({ where: { id: working.id } })).ownerId).toBeNull();
});

test("the cases of somebody disabled go back too, and a closed one stays as it was", async () => {
  const gone = await seedUser(database.db, "analyst", "Gone");
  await database.db.user.update({ where: { id: gone.id }, data: { disabledAt: paidAt } });
  await waiting({ ownerId: gone.id });
  await waiting({ ownerId: gone.id, status: "closed" });
  expect(await returnCases(job(), 500)).toBe(1);
  expect(await owners()).toEqual([null, "Gone"]);
  expect(await database.db.auditEvent.findMany()).toMatchObject([
    { action: "case.assign", actorKind: "job", before: { ownerId: gone.id }, after: { ownerId: null } },
  ]);
});

test("a verdict that waits for a second person keeps its owner and version until it is answered", async () => {
  const { db } = database;
  const ada = await member("Ada", { awayFrom: at(-1) });
  const { id } = await waiting({ ownerId: ada.id, heldAt: now });
  const approval = {
    kind: "case.close",
    subjectType: "case",
    payload: {},
    because: "amount",
    requestedAt: now,
  };
  await db.approval.create({ data: { ...approval, subjectId: id, requestedById: ada.id } });
  expect(await returnCases(job(), 500)).toBe(0);
  await db.approval.updateMany({ data: { status: "returned" } });
  expect(await returnCases(job(), 500)).toBe(1);
});
