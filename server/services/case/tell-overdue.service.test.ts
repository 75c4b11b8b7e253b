import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { GENERAL_QUEUE_ID } from "#server/domain/queue.ts";
import { tellOverdue } from "./index.ts";
import { seedCase, systemContext } from "./testing/seed.ts";

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await database.drop();
});

const now = new Date("2026-11-20T12:00:00.000Z");
const at = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);
const ctx = (minutes = 0) => systemContext(database.db, at(minutes));

test("a missed promise is told once, with its queue, and by one of several workers", async () => {
  const { id } = await seedCase(database.db, { queueId: GENERAL_QUEUE_ID, dueAt: at(10) });
  expect(await tellOverdue(ctx(9), 500)).toBe(0);
  const told = await Promise.all([1, 2, 3].map(() => tellOverdue(ctx(10), 500)));
  expect(told.sort()).toEqual([0, 0, 1]);
  expect(await tellOverdue(ctx(99), 500)).toBe(0);
  expect(await database.db.outboxEvent.findMany()).toMatchObject([
    {
      type: "alert.raised",
      payload: {
        kind: "case_overdue",
        caseId: id,
        queue: { id: GENERAL_QUEUE_ID, name: "General" },
        dueAt: at(10).toISOString(),
      },
    },
  ]);
});

test("a promise already missed when it is made is told; closed, joined and unpromised cases are not", async () => {
  const { id } = await seedCase(database.db, { dueAt: at(-99_999) });
  await seedCase(database.db, { dueAt: at(-1), status: "closed" });
  await seedCase(database.db, { dueAt: at(-1), status: "joined", joinedToId: id });
  await seedCase(database.db);
  expect(await tellOverdue(ctx(), 500)).toBe(1);
  const [event] = await database.db.outboxEvent.findMany();
  expect(event?.payload).toMatchObject({ caseId: id, queue: null });
});

test("a call tells of no more than it is asked to, the longest overdue first", async () => {
  const late = await seedCase(database.db, { dueAt: at(-1) });
  const later = await seedCase(database.db, { dueAt: at(-2) });
  expect(await tellOverdue(ctx(), 1)).toBe(1);
  const told = await database.db.case.findMany({ where: { overdueAt: { not: null } } });
  expect(told.map(({ id }) => id)).toEqual([later.id]);
  expect(await tellOverdue(ctx(), 1)).toBe(1);
  expect((await database.db.case.findUniqueOrThrow({ where: { id: late.id } })).overdueAt).toEqual(now);
});
