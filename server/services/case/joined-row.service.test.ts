import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { recordLabel } from "#server/services/label/index.ts";
import { addNote, closeCase, getCase, ListCasesInput, listCases, routeCases } from "./index.ts";
import { contextOf, paidAt, seedCase, seedUser, systemContext } from "./testing/seed.ts";

const now = new Date("2026-11-20T12:00:00.000Z");
const minute = (n: number): Date => new Date(paidAt.getTime() + n * 60_000);
let database: TestDatabase;
let ada: ServiceContext;
let lea: ServiceContext;
let root: { id: string; transactionId: string };
let child: { id: string; transactionId: string };

/** A root with two cases joined to it, and a case alone. */
beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  ada = contextOf(db, await seedUser(db, "analyst", "Ada"), now);
  lea = contextOf(db, await seedUser(db, "lead", "Lea"), now);
  root = await seedCase(db, { expectedLossMinor: 900n, amountMinor: 5_000n, openedAt: minute(0) });
  child = await seedCase(db, { expectedLossMinor: 50n, amountMinor: 700n, openedAt: minute(1) });
  await seedCase(db, { expectedLossMinor: 20n, amountMinor: 300n, openedAt: minute(2) });
  await seedCase(db, { customerId: "cus_alone", openedAt: minute(3) });
  await routeCases(systemContext(db, now), 500);
});
afterAll(() => database.drop());

const list = async (ctx: ServiceContext) => (await listCases(ctx, ListCasesInput.parse({}))).rows;

test("a row tells how many cases joined it and what they come to", async () => {
  const rows = new Map((await list(ada)).map((row) => [row.customerId, row]));
  expect(rows.get("cus_1")).toMatchObject({
    ...{ id: root.id, joinedCases: 2, joinedAmountMinor: 1_000, joinedLossMinor: 70 },
    ...{ amountMinor: 5_000, expectedLossMinor: 900, rankMinor: 970, approvalNumber: null },
  });
  expect(rows.get("cus_alone")).toMatchObject({ joinedCases: 0, joinedAmountMinor: 0, joinedLossMinor: 0 });
});

test("what is written on a joined case, and labels of its payment, stand in the root's timeline with their payment", async () => {
  const { number } = await database.db.case.findUniqueOrThrow({ where: { id: child.id } });
  const part = { caseId: child.id, number, transactionId: child.transactionId };
  await addNote(ada, { caseId: child.id, text: "The shop called" });
  await addNote(ada, { caseId: root.id, text: "The customer called" });
  const label = { label: "fraud", source: "issuer_alert", occurredAt: now, note: null } as const;
  await recordLabel(lea, { ...label, transactionId: child.transactionId });
  const { timeline, labels } = await getCase(ada, { caseId: root.id });
  const notes = timeline.filter((event) => event.kind === "note");
  expect(notes).toMatchObject([
    { text: "The shop called", part },
    { text: "The customer called", part: null },
  ]);
  expect(labels).toMatchObject([{ source: "issuer_alert", effective: true, part }]);
  const own = await getCase(ada, { caseId: child.id });
  expect(own.timeline.filter((event) => event.kind === "note")).toMatchObject([{ part: null }]);
});

test("a verdict on all of them is told once", async () => {
  const { version } = await database.db.case.findUniqueOrThrow({ where: { id: root.id } });
  await closeCase(ada, { caseId: root.id, version, disposition: "fraud", reason: null });
  const { timeline } = await getCase(lea, { caseId: root.id });
  expect(timeline.filter((event) => event.kind === "closed")).toMatchObject([{ part: null }]);
  expect(timeline.filter((event) => event.kind === "opened" && event.part === null).length).toBeLessThan(2);
});

test("a case that waits for a second person says for which approval, and a masked one keeps the joined loss back", async () => {
  const { db } = database;
  const { id } = await seedCase(db, { customerId: "cus_waits" });
  const asked = { kind: "case.close", subjectType: "case", subjectId: id, payload: {}, because: "Large" };
  const requestedById = (await seedUser(db, "analyst", "Bob")).id;
  const { number } = await db.approval.create({ data: { ...asked, requestedAt: now, requestedById } });
  const masked = await seedCase(db, { customerId: "cus_masked", masked: true });
  const rows = new Map((await list(ada)).map((row) => [row.id, row]));
  expect(rows.get(id)?.approvalNumber).toBe(number);
  expect(rows.get(masked.id)).toMatchObject({
    joinedCases: 0,
    joinedLossMinor: null,
    expectedLossMinor: null,
  });
  await db.approval.update({ where: { number }, data: { status: "withdrawn" } });
  expect((await list(ada)).find((row) => row.id === id)?.approvalNumber).toBeNull();
});
