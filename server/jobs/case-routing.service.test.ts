import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { paidAt, seedCase, seedUser } from "#server/services/case/testing/seed.ts";
import { createCaseRouting } from "./case-routing.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});

const now = new Date("2026-11-20T12:00:00.000Z");

test("one tick routes, joins, assigns and tells, as the job; the next finds nothing to do", async () => {
  const { db } = database;
  const ada = await seedUser(db, "analyst", "Ada");
  const queue = await db.queue.create({
    data: {
      name: "Turns",
      position: 1,
      routing: { currencies: ["EUR"] },
      slaMinutes: 60,
      assignment: "round_robin",
      createdAt: paidAt,
      members: { create: { userId: ada.id } },
    },
  });
  const root = await seedCase(db, { customerId: "cus_1" });
  const child = await seedCase(db, { customerId: "cus_1", openedAt: new Date(paidAt.getTime() + 1) });
  const routing = createCaseRouting(db, () => now);
  await routing.tick();
  expect(await db.case.findUniqueOrThrow({ where: { id: root.id } })).toMatchObject({
    queueId: queue.id,
    ownerId: ada.id,
    rankMinor: 18_000n,
    overdueAt: now,
  });
  expect(await db.case.findUniqueOrThrow({ where: { id: child.id } })).toMatchObject({ joinedToId: root.id });
  const audited = await db.auditEvent.findMany({ orderBy: { seq: "asc" } });
  expect(audited.map(({ action, actorKind }) => [action, actorKind])).toEqual([
    ["case.join", "job"],
    ["case.assign", "job"],
  ]);
  const events = await db.caseEvent.count();
  await routing.tick();
  expect([await db.caseEvent.count(), await db.outboxEvent.count()]).toEqual([events, 1]);
});

test("an archived queue's cases lie in another after one tick", async () => {
  const { db } = database;
  const queue = await db.queue.create({
    data: { name: "Old", position: 2, routing: {}, createdAt: paidAt, archivedAt: paidAt },
  });
  const { id } = await seedCase(db, {
    customerId: "cus_9",
    currency: "USD",
    queueId: queue.id,
    routedAt: paidAt,
  });
  await createCaseRouting(db, () => now).tick();
  const row = await db.case.findUniqueOrThrow({ where: { id }, include: { queue: true } });
  expect(row.queue?.name).toBe("General");
});
