import { afterAll, beforeAll, expect, test } from "vitest";
import { defaultFeatureSet } from "#ml/features/default-set.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { recordLabel } from "#server/services/label/index.ts";
import { addNote, getCase } from "./index.ts";
import {
  contextOf,
  paidAt,
  seedCase,
  seedDecision,
  seedPayment,
  seedUser,
  systemContext,
} from "./testing/seed.ts";

const now = new Date("2026-11-20T12:00:00.000Z");
const daysBefore = (days: number): Date => new Date(paidAt.getTime() - days * 86_400_000);
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});

async function analyst() {
  return contextOf(database.db, await seedUser(database.db, "analyst", "Ada"), now);
}

test("the history is that of the 30 days before the payment, with frauds, usual amounts and days", async () => {
  const { db } = database;
  const ids = { customerId: "cus_h", merchantId: "mer_h" };
  for (let i = 1; i <= 10; i++) {
    await seedPayment(db, { ...ids, occurredAt: daysBefore(i), amountMinor: BigInt(i * 1000) });
  }
  const { id: fraud } = await seedPayment(db, { ...ids, occurredAt: daysBefore(2.5), amountMinor: 1000n });
  await seedPayment(db, { ...ids, occurredAt: daysBefore(2.6), amountMinor: 999_999n, currency: "USD" });
  await seedPayment(db, { ...ids, occurredAt: daysBefore(31) });
  await seedPayment(db, { ...ids, occurredAt: daysBefore(-1) });
  await recordLabel(systemContext(db, now), {
    transactionId: fraud,
    label: "fraud",
    source: "manual",
    occurredAt: paidAt,
  });
  const { id: transactionId } = await seedPayment(db, ids);
  const { id } = await seedCase(db, { transactionId, ...ids });
  const { customer, merchant } = await getCase(await analyst(), { caseId: id });
  expect(customer).toMatchObject({ payments: 12, frauds: 1, declined: 0, capped: false });
  expect([customer.usualFromMinor, customer.usualToMinor]).toEqual([1000, 9000]);
  expect(customer.recent).toHaveLength(13);
  expect(customer.recent[0]).toMatchObject({ otherParty: "mer_h", amountMinor: 1000, label: null });
  expect(customer.recent.find((payment) => payment.id === fraud)?.label).toBe("fraud");
  expect(customer.recent.some((payment) => payment.id === transactionId)).toBe(false);
  expect(customer.perDay).toHaveLength(30);
  expect(customer.perDay.reduce((a, b) => a + b, 0)).toBe(12);
  expect(customer.perDay.slice(-4)).toEqual([1, 3, 1, 0]);
  expect(merchant.recent[0]?.otherParty).toBe("cus_h");
});

test("the decision comes with its reasons and the served features by name, missing ones as null", async () => {
  const { db } = database;
  const { id, transactionId } = await seedCase(db);
  const width = defaultFeatureSet.definitions.length;
  const vector = new Float64Array(width).fill(2.5);
  vector[1] = Number.NaN;
  await seedDecision(db, transactionId, {
    features: new Uint8Array(vector.buffer),
    featureSetVersion: defaultFeatureSet.version,
  });
  const { decision } = await getCase(await analyst(), { caseId: id });
  expect(decision?.reasons).toEqual([expect.objectContaining({ code: "amount", contribution: 1.42 })]);
  expect(decision?.features).toHaveLength(width);
  expect(decision?.features[0]).toMatchObject({ name: defaultFeatureSet.definitions[0]?.name, value: 2.5 });
  expect(decision?.features[1]?.value).toBeNull();
});

test("a case without a kept decision or of an unknown feature set still opens", async () => {
  const { db } = database;
  const bare = await seedCase(db);
  expect((await getCase(await analyst(), { caseId: bare.id })).decision).toBeNull();
  const strange = await seedCase(db);
  await seedDecision(db, strange.transactionId, { featureSetVersion: "gone@0" });
  expect((await getCase(await analyst(), { caseId: strange.id })).decision?.features).toEqual([]);
});

test("a note is in the timeline with its author, on closed cases too, and in the audit log", async () => {
  const { db } = database;
  const { id } = await seedCase(db, { status: "closed", disposition: "fraud", closedAt: paidAt });
  const ada = await analyst();
  await addNote(ada, { caseId: id, text: "Called the customer" });
  const { timeline } = await getCase(ada, { caseId: id });
  expect(timeline).toMatchObject([{ kind: "note", text: "Called the customer", actor: { name: "Ada" } }]);
  expect(await db.auditEvent.findMany({ where: { subjectId: id } })).toMatchObject([
    { action: "case.note", after: { text: "Called the customer" } },
  ]);
});

test("notes refuse viewers, card numbers and unknown cases", async () => {
  const { db } = database;
  const { id } = await seedCase(db);
  const viewer = contextOf(db, await seedUser(db, "viewer"), now);
  await expect(addNote(viewer, { caseId: id, text: "hi" })).rejects.toMatchObject({ code: "forbidden" });
  const ada = await analyst();
  const leak = addNote(ada, { caseId: id, text: "card 4242-4242-4242-4242" });
  await expect(leak).rejects.toMatchObject({ code: "invalid" });
  await expect(addNote(ada, { caseId: "nowhere", text: "hi" })).rejects.toMatchObject({ code: "not_found" });
  await expect(getCase(ada, { caseId: "nowhere" })).rejects.toMatchObject({ code: "not_found" });
});

test("a masked case comes without what the model and the rules said, until it is closed or for a lead", async () => {
  const { db } = database;
  const masked = {
    masked: true,
    origin: "exploration",
    score: 0.123456,
    topReason: "Seven cards on a device",
  };
  const { id, transactionId } = await seedCase(db, masked);
  await seedDecision(db, transactionId, {
    score: 0.123456,
    propensity: 0.0421,
    exploration: "approve_to_review",
    expectedLossMinor: 4321n,
    rules: [{ id: "r", name: "Seen abroad", outcome: "review" }],
  });
  const ada = await analyst();
  const seen = await getCase(ada, { caseId: id });
  expect(seen).toMatchObject({ hidden: true, score: null, expectedLossMinor: null, origin: "policy" });
  expect(seen.payments.stakes).toEqual([{ currency: "EUR", amountMinor: 12_999, expectedLossMinor: null }]);
  const sent = JSON.stringify(seen);
  for (const told of [
    "0.123456",
    "Seven cards",
    "€129.99 here",
    "Seen abroad",
    "exploration",
    "0.0421",
    "approve_to",
  ]) {
    expect(sent).not.toContain(told);
  }
  const lead = contextOf(db, await seedUser(db, "lead"), now);
  expect(await getCase(lead, { caseId: id })).toMatchObject({ hidden: false, score: 0.123456 });
  await db.case.update({
    where: { id },
    data: { status: "closed", disposition: "fraud", closedAt: paidAt },
  });
  expect(await getCase(ada, { caseId: id })).toMatchObject({ hidden: false, score: 0.123456 });
});

test("joined cases bring their payments and what is at stake in all; a masked one of them stays masked", async () => {
  const { db } = database;
  const root = await seedCase(db);
  const other = await seedPayment(db, { occurredAt: daysBefore(1), merchantId: "mer_2" });
  const joined = { status: "joined", joinedToId: root.id, transactionId: other.id };
  const { id: joinedId } = await seedCase(db, { ...joined, amountMinor: 1_000n, expectedLossMinor: 500n });
  const ada = await analyst();
  const { payments, joinedTo } = await getCase(ada, { caseId: root.id });
  expect(payments.rows.map((row) => [row.transactionId, row.isOwn, row.score])).toEqual([
    [other.id, false, 0.7],
    [root.transactionId, true, 0.7],
  ]);
  expect(payments).toMatchObject({
    total: 2,
    stakes: [{ currency: "EUR", amountMinor: 13_999, expectedLossMinor: 9_500 }],
  });
  expect(joinedTo).toBeNull();
  expect((await getCase(ada, { caseId: joinedId })).joinedTo?.id).toBe(root.id);
  await db.case.update({ where: { id: joinedId }, data: { masked: true } });
  const half = await getCase(ada, { caseId: root.id });
  expect(half.payments.rows.map((row) => row.score)).toEqual([null, 0.7]);
  expect(half.payments.stakes[0]?.expectedLossMinor).toBeNull();
});

test("nobody gets the case that they are reviewing a second time", async () => {
  const { db } = database;
  const { id } = await seedCase(db, { status: "closed", disposition: "fraud", closedAt: paidAt });
  const [ada, bea] = [await analyst(), await analyst()];
  const review = { sampledAt: paidAt, propensity: 0.05, firstDisposition: "fraud" };
  const people = { firstReviewerId: userOf(ada), reviewerId: userOf(bea) };
  await db.secondReview.create({ data: { caseId: id, ...review, ...people } });
  await expect(getCase(bea, { caseId: id })).rejects.toMatchObject({ code: "forbidden" });
  expect((await getCase(ada, { caseId: id })).id).toBe(id);
});

function userOf({ actor }: Awaited<ReturnType<typeof analyst>>): string {
  return actor.kind === "user" ? actor.id : "";
}
