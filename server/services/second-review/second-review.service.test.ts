import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import {
  contextOf,
  type SeedUser,
  seedCase,
  seedDecision,
  seedUser,
  systemContext,
} from "#server/services/case/testing/seed.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { giveSecondVerdict, readDesk, takeSecondReview } from "./index.ts";

const now = new Date("2026-11-20T12:00:00.000Z");
const later = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);
let database: TestDatabase;
let [first, second, third]: SeedUser[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

beforeEach(async () => {
  const { db } = database;
  await db.$executeRaw`truncate "case", second_review, case_event, audit_event cascade`;
  [first, second, third] = await Promise.all(
    ["Ada", "Bea", "Cleo"].map((name) => seedUser(db, "analyst", name)),
  );
});

function as(user: SeedUser | undefined, at = now): ServiceContext {
  if (user === undefined) throw new Error("no user");
  return contextOf(database.db, user, at);
}

type Sampled = { readonly id: string; readonly caseId: string; readonly transactionId: string };

/** A case closed by Ada and drawn for a second review, `minutes` before now. */
async function sampled(disposition = "legitimate", minutes = 60): Promise<Sampled> {
  const { db } = database;
  const closedAt = later(-minutes);
  const firstReviewerId = first?.id ?? "";
  const closed = { status: "closed", disposition, closedAt, closedById: firstReviewerId };
  const { id: caseId, transactionId } = await seedCase(db, {
    ...closed,
    topReason: "Seven cards on a device",
  });
  await seedDecision(db, transactionId, { score: 0.712345 });
  await db.caseEvent.create({
    data: { caseId, at: closedAt, kind: "closed", actorId: firstReviewerId, body: { disposition } },
  });
  const { id } = await db.secondReview.create({
    data: { caseId, sampledAt: closedAt, propensity: 0.05, firstReviewerId, firstDisposition: disposition },
  });
  return { id, caseId, transactionId };
}

test("the case that waited longest is taken, held for half an hour, and audited", async () => {
  await sampled("legitimate", 30);
  const { id } = await sampled("legitimate", 90);
  const taken = await takeSecondReview(as(second));
  expect(taken?.id).toBe(id);
  expect(taken?.claimedUntil).toBe(later(30).toISOString());
  expect(await readDesk(as(second))).toMatchObject({ current: { id }, waiting: 1 });
  expect(await takeSecondReview(as(second))).toMatchObject({ id });
  const audit = await database.db.auditEvent.findMany({ where: { subjectId: id } });
  expect(audit.map((row) => row.action)).toEqual(["second_review.claim"]);
});

test("nobody gets a case on which they gave a verdict, even one that was undone", async () => {
  const { caseId } = await sampled();
  expect(await takeSecondReview(as(first))).toBeNull();
  expect(await readDesk(as(first))).toEqual({ current: null, waiting: 0 });
  await database.db.caseEvent.create({
    data: { caseId, at: now, kind: "closed", actorId: second?.id ?? "" },
  });
  expect(await takeSecondReview(as(second))).toBeNull();
  expect(await takeSecondReview(as(third))).not.toBeNull();
});

test("what the reviewer gets holds no score, reason, verdict, label of the payment, timeline or case", async () => {
  const { caseId, transactionId } = await sampled("fraud");
  const text = JSON.stringify(await takeSecondReview(as(second)));
  for (const told of [
    "0.712345",
    "Seven cards",
    "€129.99 here",
    '"fraud"',
    "disposition",
    caseId,
    transactionId,
  ]) {
    expect(text).not.toContain(told);
  }
  expect(Object.keys(JSON.parse(text)).sort()).toEqual(
    [
      ...[
        "amountMinor",
        "attributes",
        "cardToken",
        "channel",
        "claimedUntil",
        "country",
        "currency",
        "customer",
      ],
      ...["customerId", "deviceId", "id", "ip", "merchant", "merchantCategory", "merchantId", "occurredAt"],
    ].sort(),
  );
});

test("eight who ask at once for five cases get five different ones", async () => {
  for (let i = 0; i < 5; i++) await sampled();
  const people = await Promise.all(Array.from({ length: 8 }, () => seedUser(database.db, "analyst")));
  const taken = await Promise.all(people.map((person) => takeSecondReview(as(person))));
  const ids = taken.flatMap((one) => one?.id ?? []);
  expect([ids.length, new Set(ids).size]).toEqual([5, 5]);
});

test("a claim that ran out goes to the next, and the late verdict is refused", async () => {
  const { id } = await sampled();
  await takeSecondReview(as(second));
  expect(await takeSecondReview(as(third, later(29)))).toBeNull();
  expect(await takeSecondReview(as(third, later(31)))).toMatchObject({ id });
  const late = giveSecondVerdict(as(second, later(31)), { id, disposition: "fraud" });
  await expect(late).rejects.toMatchObject({ code: "conflict" });
});

test("one that is passed goes back and the next one comes", async () => {
  const [old, recent] = [await sampled("fraud", 90), await sampled("fraud", 60)];
  await takeSecondReview(as(second));
  expect(await takeSecondReview(as(second), { pass: old.id })).toMatchObject({ id: recent.id });
  expect(await takeSecondReview(as(third))).toMatchObject({ id: old.id });
  expect(await takeSecondReview(as(second), { pass: recent.id })).toBeNull();
});

test("a verdict that may still be undone, and one that no longer stands, is not reviewed again", async () => {
  const { caseId, id } = await sampled("legitimate", 0);
  expect(await takeSecondReview(as(second))).toBeNull();
  expect(await takeSecondReview(as(second, later(1)))).toMatchObject({ id });
  await takeSecondReview(as(second, later(1)), { pass: id });
  await database.db.case.update({ where: { id: caseId }, data: { status: "open", disposition: null } });
  expect(await takeSecondReview(as(second, later(2)))).toBeNull();
});

test("a verdict that agrees is kept in its own row and changes nothing else", async () => {
  const { id, caseId } = await sampled("legitimate");
  await takeSecondReview(as(second));
  const before = await database.db.case.findUniqueOrThrow({ where: { id: caseId } });
  expect(await giveSecondVerdict(as(second), { id, disposition: "legitimate" })).toEqual({ id });
  expect(await database.db.case.findUniqueOrThrow({ where: { id: caseId } })).toEqual(before);
  expect(await database.db.secondReview.findUniqueOrThrow({ where: { id } })).toMatchObject({
    firstDisposition: "legitimate",
    disposition: "legitimate",
    reviewerId: second?.id,
    reviewedAt: now,
  });
  expect(await database.db.label.count()).toBe(0);
  const audit = await database.db.auditEvent.findMany({ where: { subjectId: id }, orderBy: { seq: "asc" } });
  expect(audit.at(-1)).toMatchObject({
    action: "second_review.answer",
    actorId: second?.id,
    after: { caseId, disposition: "legitimate" },
  });
});

test("a verdict that differs sends the case to a third person, without telling it", async () => {
  const { db } = database;
  const { id, caseId } = await sampled("legitimate");
  await takeSecondReview(as(second));
  expect(await giveSecondVerdict(as(second), { id, disposition: "fraud" })).toEqual({ id });
  const reopened = await db.case.findUniqueOrThrow({ where: { id: caseId } });
  expect(reopened).toMatchObject({
    status: "open",
    disposition: null,
    escalatedAt: now,
    tags: ["second-opinion"],
    ownerId: null,
    version: 2,
  });
  expect(await db.secondReview.findUniqueOrThrow({ where: { id } })).toMatchObject({
    firstDisposition: "legitimate",
    disposition: "fraud",
  });
  const events = await db.caseEvent.findMany({ where: { caseId }, orderBy: { seq: "asc" } });
  expect(events.map((event) => event.kind)).toEqual(["closed", "reopened", "tagged", "escalated"]);
  for (const event of events.slice(1)) {
    expect(event.actorId).toBeNull();
    expect(JSON.stringify(event.body)).not.toContain("fraud");
  }
});

test("a verdict given twice, and one on a case that is not one's own, is a conflict", async () => {
  const { id } = await sampled();
  await takeSecondReview(as(second));
  const others = giveSecondVerdict(as(third), { id, disposition: "fraud" });
  await expect(others).rejects.toMatchObject({ code: "conflict" });
  await giveSecondVerdict(as(second), { id, disposition: "legitimate" });
  const again = giveSecondVerdict(as(second), { id, disposition: "fraud" });
  await expect(again).rejects.toMatchObject({ code: "conflict" });
  const unknown = giveSecondVerdict(as(second), { id: "none", disposition: "fraud" });
  await expect(unknown).rejects.toMatchObject({ code: "not_found" });
  expect(await database.db.auditEvent.count({ where: { action: "second_review.answer" } })).toBe(1);
});

test("viewers, model owners and machines may not review again", async () => {
  const { db } = database;
  const refused = [
    as(await seedUser(db, "viewer")),
    as(await seedUser(db, "model_owner")),
    systemContext(db, now),
  ];
  for (const ctx of refused) {
    await expect(readDesk(ctx)).rejects.toMatchObject({ code: "forbidden" });
    await expect(takeSecondReview(ctx)).rejects.toMatchObject({ code: "forbidden" });
    const verdict = giveSecondVerdict(ctx, { id: "x", disposition: "fraud" });
    await expect(verdict).rejects.toMatchObject({ code: "forbidden" });
  }
});
