import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { GENERAL_QUEUE_ID } from "#server/domain/queue.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { assignCases, claimCase, escalateCase, nextCase, peekNextCase } from "./index.ts";
import { contextOf, paidAt, seedCase, seedUser } from "./testing/seed.ts";

let database: TestDatabase;
let ada: ServiceContext;
let adaId: string;
beforeEach(async () => {
  database = await createTestDatabase();
  const user = await seedUser(database.db, "analyst", "Ada");
  adaId = user.id;
  ada = contextOf(database.db, user, now);
});
afterEach(async () => {
  await database.drop();
});

const now = new Date("2026-11-20T12:00:00.000Z");
const given = (fields: Parameters<typeof seedCase>[1]) => seedCase(database.db, fields);

test("one's own come first, the best of them, then nobody's; another's never", async () => {
  const bob = await seedUser(database.db, "analyst", "Bob");
  await given({ rankMinor: 900n, ownerId: bob.id });
  const free = await given({ rankMinor: 800n });
  const worse = await given({ rankMinor: 10n, ownerId: adaId });
  const better = await given({ rankMinor: 20n, ownerId: adaId });
  expect(await peekNextCase(ada)).toEqual({ id: better.id });
  const got = [await nextCase(ada), await nextCase(ada), await nextCase(ada), await nextCase(ada)];
  expect(got.map((row) => row?.id)).toEqual([better.id, worse.id, free.id, undefined]);
});

test("masked cases come in their turn; held, joined and those that wait for a second person never", async () => {
  const { db } = database;
  const root = await given({ rankMinor: 10n });
  await given({ rankMinor: 900n, heldAt: paidAt });
  await given({ rankMinor: 900n, status: "joined", joinedToId: root.id });
  const asked = await given({ rankMinor: 900n });
  await db.approval.create({
    data: {
      kind: "verdict",
      subjectType: "case",
      subjectId: asked.id,
      payload: {},
      because: "amount",
      requestedAt: paidAt,
      requestedById: adaId,
    },
  });
  const masked = await given({ rankMinor: 20n, masked: true });
  expect([(await nextCase(ada))?.id, (await nextCase(ada))?.id, await nextCase(ada)]).toEqual([
    masked.id,
    root.id,
    null,
  ]);
  await db.approval.updateMany({ data: { status: "rejected" } });
  expect((await nextCase(ada))?.id).toBe(asked.id);
});

test("what was escalated does not come back to analysts, but to leads, and to whom it is assigned", async () => {
  const lead = contextOf(database.db, await seedUser(database.db, "lead", "Lea"), now);
  const escalated = await given({ rankMinor: 900n });
  const { version } = await claimCase(ada, { caseId: escalated.id });
  await escalateCase(ada, { caseId: escalated.id, version, reason: "Two customers, one card" });
  const plain = await given({ rankMinor: 10n });
  expect(await peekNextCase(ada)).toEqual({ id: plain.id });
  expect(await peekNextCase(lead)).toEqual({ id: escalated.id });
  await assignCases(lead, { caseIds: [escalated.id], userId: adaId });
  expect((await nextCase(ada))?.id).toBe(escalated.id);
});

test("of one queue, nothing else comes; without one, unrouted cases too", async () => {
  const queue = await database.db.queue.create({
    data: { name: "Cash", position: 1, routing: {}, createdAt: paidAt },
  });
  const unrouted = await given({ rankMinor: 900n });
  await given({ rankMinor: 800n, queueId: GENERAL_QUEUE_ID, ownerId: adaId });
  const cash = await given({ rankMinor: 10n, queueId: queue.id });
  expect(await peekNextCase(ada, { queueId: queue.id })).toEqual({ id: cash.id });
  expect((await nextCase(ada, { queueId: queue.id }))?.id).toBe(cash.id);
  expect(await nextCase(ada, { queueId: queue.id })).toBeNull();
  await nextCase(ada);
  expect((await nextCase(ada))?.id).toBe(unrouted.id);
});

test("a case that is being changed is given once that is done, when it is the only one", async () => {
  const { id } = await given({});
  let asked: Promise<{ id: string } | null> = Promise.resolve(null);
  await database.db.$transaction(async (tx) => {
    await tx.case.update({ where: { id }, data: { routedAt: now } });
    asked = nextCase(ada);
    await new Promise((resolve) => setTimeout(resolve, 100));
  });
  expect((await asked)?.id).toBe(id);
});
