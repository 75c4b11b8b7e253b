import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { nextCase, routeCases } from "./index.ts";
import { contextOf, paidAt, seedCase, seedPayment, seedUser, systemContext } from "./testing/seed.ts";

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await database.drop();
});

const now = new Date("2026-11-20T12:00:00.000Z");
const ctx = () => systemContext(database.db, now);
const minute = (n: number): Date => new Date(paidAt.getTime() + n * 60_000);
const caseOf = (id: string) => database.db.case.findUniqueOrThrow({ where: { id } });

test("a new case of a customer joins the open one: both losses rank the root, and both timelines tell", async () => {
  const { db } = database;
  const root = await seedCase(db, { expectedLossMinor: 900n, openedAt: minute(0) });
  await routeCases(ctx(), 500);
  await db.case.update({ where: { id: root.id }, data: { snoozedUntil: new Date("2027-01-01T00:00:00Z") } });
  const child = await seedCase(db, { expectedLossMinor: 50n, openedAt: minute(1) });
  expect(await routeCases(ctx(), 500)).toEqual({ routed: 0, joined: 1 });
  expect(await caseOf(child.id)).toMatchObject({
    status: "joined",
    joinedToId: root.id,
    queueId: null,
    routedAt: now,
    version: 2,
  });
  expect(await caseOf(root.id)).toMatchObject({
    status: "open",
    rankMinor: 950n,
    expectedLossMinor: 900n,
    version: 2,
    snoozedUntil: null,
  });
  const events = await db.caseEvent.findMany({ where: { kind: "joined" }, orderBy: { seq: "asc" } });
  expect(events).toMatchObject([
    { caseId: child.id, body: { intoId: root.id } },
    { caseId: root.id, body: { childId: child.id, expectedLossMinor: 50 } },
  ]);
  expect(await db.auditEvent.findMany({ where: { action: "case.join" } })).toMatchObject([
    { subjectId: child.id, after: { status: "joined", joinedToId: root.id } },
  ]);
});

test("a card joins across customers by the payment's card, where the case lacks it; currencies stay apart", async () => {
  const { db } = database;
  const pay = async () => (await seedPayment(db, { cardToken: "card_1" })).id;
  const root = await seedCase(db, { customerId: "a", transactionId: await pay(), openedAt: minute(0) });
  const child = await seedCase(db, { customerId: "b", transactionId: await pay(), openedAt: minute(1) });
  const apart = await seedCase(db, {
    customerId: "b",
    currency: "USD",
    transactionId: await pay(),
    openedAt: minute(2),
  });
  expect(await routeCases(ctx(), 500)).toEqual({ routed: 2, joined: 1 });
  expect((await caseOf(child.id)).joinedToId).toBe(root.id);
  expect((await caseOf(apart.id)).status).toBe("open");
});

test("a closed case is not joined, nor a masked one", async () => {
  const { db } = database;
  await seedCase(db, { status: "closed", openedAt: minute(0) });
  await seedCase(db, { masked: true, openedAt: minute(1) });
  await seedCase(db, { openedAt: minute(2) });
  expect(await routeCases(ctx(), 500)).toEqual({ routed: 2, joined: 0 });
});

test("a verdict that waits for a second person is answered for the case as it was: a new case stands beside it", async () => {
  const { db } = database;
  const asker = await seedUser(db, "analyst");
  const held = await seedCase(db, { heldAt: now, openedAt: minute(0), routedAt: now, version: 3 });
  const approval = {
    kind: "case.close",
    subjectType: "case",
    payload: {},
    because: "amount",
    requestedAt: now,
  };
  await db.approval.create({ data: { ...approval, subjectId: held.id, requestedById: asker.id } });
  const beside = await seedCase(db, { openedAt: minute(1) });
  expect(await routeCases(ctx(), 500)).toEqual({ routed: 1, joined: 0 });
  expect(await caseOf(held.id)).toMatchObject({ version: 3, rankMinor: 9000n });
  const third = await seedCase(db, { openedAt: minute(2) });
  await routeCases(ctx(), 500);
  expect((await caseOf(third.id)).joinedToId).toBe(beside.id);
});

test("a case whose root somebody is changing waits for the next turn and is lost by neither", async () => {
  const { db } = database;
  const root = await seedCase(db, { openedAt: minute(0) });
  await routeCases(ctx(), 500);
  const child = await seedCase(db, { openedAt: minute(1) });
  await db.$transaction(async (tx) => {
    await tx.case.update({ where: { id: root.id }, data: { status: "closed" } });
    expect(await routeCases(ctx(), 500)).toEqual({ routed: 0, joined: 0 });
  });
  expect(await routeCases(ctx(), 500)).toEqual({ routed: 1, joined: 0 });
  expect(await caseOf(child.id)).toMatchObject({ status: "open", joinedToId: null });
});

test("two workers and two analysts at once: one root per customer, no chains, and no loss counted twice", async () => {
  const { db } = database;
  for (let i = 0; i < 80; i++) {
    await seedCase(db, { customerId: `cus_${i % 8}`, expectedLossMinor: 100n, openedAt: minute(i) });
  }
  const waiting = () => db.case.count({ where: { status: "open", routedAt: null } });
  const worker = async (): Promise<void> => {
    while ((await waiting()) > 0) await routeCases(ctx(), 9);
  };
  const analyst = async (name: string): Promise<void> => {
    const mine = contextOf(db, await seedUser(db, "analyst", name), now);
    for (let i = 0; i < 3; i++) await nextCase(mine);
  };
  await Promise.all([worker(), worker(), analyst("Ada"), analyst("Bob")]);
  const cases = await db.case.findMany({ include: { joinedTo: true, joined: true } });
  const roots = cases.filter((row) => row.status === "open");
  const claimed = roots.filter((row) => row.assigneeId !== null);
  const untouched = roots.filter((row) => row.assigneeId === null).map((row) => row.customerId);
  expect(new Set(untouched).size).toBe(untouched.length);
  // A case that an analyst took before it was routed stays theirs: at most those may stand beside another root.
  expect(roots.length).toBeLessThanOrEqual(8 + claimed.length);
  for (const row of cases) {
    if (row.status === "joined") expect(row.joinedTo).toMatchObject({ status: "open", joinedToId: null });
    if (row.status === "joined") expect(row.joinedTo?.customerId).toBe(row.customerId);
    if (row.status === "open") expect(row.rankMinor).toBe(100n + 100n * BigInt(row.joined.length));
  }
  const losses = roots.reduce((sum, row) => sum + row.rankMinor, 0n);
  expect(losses).toBe(8000n);
});
