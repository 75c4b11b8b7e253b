import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { drawOf } from "#server/domain/exploration.ts";
import { ReviewSettings } from "#server/domain/review-settings.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { recordLabel } from "#server/services/label/index.ts";
import { claimCase, closeCase, reopenCase } from "./index.ts";
import { closeOutright, contextOf, seedCase, seedPayment, seedUser, systemContext } from "./testing/seed.ts";

const now = new Date("2026-11-20T12:00:00.000Z");
let database: TestDatabase;
let ada: ServiceContext;
let bob: ServiceContext;
beforeAll(async () => {
  database = await createTestDatabase();
  ada = contextOf(database.db, await seedUser(database.db, "analyst", "Ada"), now);
  bob = contextOf(database.db, await seedUser(database.db, "analyst", "Bob"), now);
  await secondReviewShare(1);
});
afterAll(async () => {
  await database.drop();
});

async function secondReviewShare(share: number): Promise<void> {
  const value = ReviewSettings.parse({ secondReviewShare: share });
  const where = { key: "review" };
  await database.db.setting.upsert({ where, create: { ...where, value }, update: { value } });
}

const stored = (id: string) => database.db.case.findUniqueOrThrow({ where: { id } });
const labelOf = async (transactionId: string): Promise<string | null> =>
  (await database.db.effectiveLabel.findUnique({ where: { transactionId } }))?.label ?? null;

async function family() {
  const root = await seedCase(database.db);
  const child = await seedCase(database.db, { status: "joined", joinedToId: root.id });
  return { root, child };
}

test("one verdict closes a case with those joined to it: a label for each payment, one second review", async () => {
  const { root, child } = await family();
  const closed = await closeOutright(ada, { caseId: root.id, disposition: "fraud", version: 1 });
  expect(await stored(child.id)).toMatchObject({
    status: "closed",
    disposition: "fraud",
    closedAt: now,
    joinedToId: root.id,
    version: 2,
  });
  expect([await labelOf(root.transactionId), await labelOf(child.transactionId)]).toEqual(["fraud", "fraud"]);
  const drawn = { caseId: { in: [root.id, child.id] } };
  expect(await database.db.secondReview.findMany({ where: drawn })).toMatchObject([
    { caseId: root.id, propensity: 1, firstDisposition: "fraud" },
  ]);
  const told = { type: "case.closed", payload: { path: ["caseId"], equals: child.id } };
  expect(await database.db.outboxEvent.count({ where: told })).toBe(1);
  const undone = await reopenCase(ada, { caseId: root.id, version: closed.version });
  expect(undone).toMatchObject({ status: "open", holder: { name: "Ada" } });
  expect(await stored(child.id)).toMatchObject({ status: "joined", disposition: null, joinedToId: root.id });
  expect([await labelOf(root.transactionId), await labelOf(child.transactionId)]).toEqual([null, null]);
  expect(await database.db.secondReview.count({ where: drawn })).toBe(0);
});

test("a joined case is neither closed nor reopened by itself, and the refusal names the one it belongs to", async () => {
  const { root, child } = await family();
  const { number } = await stored(root.id);
  const alone = closeCase(ada, { caseId: child.id, disposition: "fraud", version: 1 });
  await expect(alone).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining(`as part of case ${number};`),
  });
  await closeOutright(ada, { caseId: root.id, disposition: "fraud", version: 1 });
  const reopen = reopenCase(ada, { caseId: child.id, version: 2 });
  await expect(reopen).rejects.toMatchObject({
    message: expect.stringContaining(`belongs to case ${number}`),
  });
  expect(await stored(child.id)).toMatchObject({ status: "closed" });
});

test("a chargeback on a joined case's payment reopens the case that it was joined to, and leaves the verdict's labels", async () => {
  const { root, child } = await family();
  await closeOutright(ada, { caseId: root.id, disposition: "legitimate", version: 1 });
  await recordLabel(systemContext(database.db, now), {
    transactionId: child.transactionId,
    label: "fraud",
    source: "chargeback",
    occurredAt: now,
  });
  expect(await stored(root.id)).toMatchObject({ status: "open", closedById: null });
  expect(await stored(child.id)).toMatchObject({ status: "joined", disposition: null });
  expect(await labelOf(root.transactionId)).toBe("legitimate");
  expect(await labelOf(child.transactionId)).toBe("fraud");
});

test("applied to linked payments a verdict labels them, closes their cases, tells what it left, and is undone as one", async () => {
  const { db } = database;
  const shared = { cardToken: "card_ring", customerId: "cus_ring" };
  const own = await seedPayment(db, shared);
  const root = await seedCase(db, { transactionId: own.id, ...shared });
  const bare = await seedPayment(db, { deviceId: "dev_x", cardToken: "card_ring", customerId: "cus_other" });
  const linked = await seedCase(db, { transactionId: (await seedPayment(db, shared)).id });
  const held = await seedCase(db, { transactionId: (await seedPayment(db, shared)).id });
  await claimCase(bob, { caseId: held.id });
  const stranger = await seedPayment(db, { customerId: "cus_stranger" });
  const alsoTransactionIds = [
    bare.id,
    linked.transactionId,
    held.transactionId,
    stranger.id,
    "nowhere",
    own.id,
  ];
  const work = { seconds: 41.5, keystrokes: 3, clicks: 0 };
  const input = { caseId: root.id, disposition: "fraud", version: 1, alsoTransactionIds, work } as const;
  const closed = await closeOutright(ada, { ...input, alsoTransactionIds: [...alsoTransactionIds] });
  expect([...closed.linked.judged].sort()).toEqual([bare.id, linked.transactionId].sort());
  const skipped = new Map(closed.linked.skipped.map((row) => [row.transactionId, row.why]));
  expect([...skipped.keys()].sort()).toEqual([held.transactionId, stranger.id, "nowhere"].sort());
  expect(skipped.get(held.transactionId)).toContain("Bob has Case");
  expect(await labelOf(bare.id)).toBe("fraud");
  expect(await stored(linked.id)).toMatchObject({ status: "closed", disposition: "fraud" });
  expect(await stored(held.id)).toMatchObject({ status: "open" });
  expect(await labelOf(stranger.id)).toBeNull();
  expect(await db.caseWork.findMany({ where: { caseId: root.id } })).toMatchObject([
    { ...work, disposition: "fraud" },
  ]);
  await reopenCase(ada, { caseId: root.id, version: closed.version });
  expect(await stored(linked.id)).toMatchObject({ status: "open", disposition: null });
  expect([await labelOf(bare.id), await labelOf(linked.transactionId), await labelOf(own.id)]).toEqual([
    null,
    null,
    null,
  ]);
});

test("the draw of second reviews depends on the case alone, and keeps its propensity", async () => {
  await secondReviewShare(0.5);
  const cases = await Promise.all(Array.from({ length: 12 }, () => seedCase(database.db)));
  for (const { id } of cases) {
    await closeOutright(ada, { caseId: id, disposition: "legitimate", version: 1 });
  }
  const ids = cases.map((row) => row.id);
  const drawn = await database.db.secondReview.findMany({ where: { caseId: { in: ids } } });
  const expected = ids.filter((id) => drawOf(`second_review:${id}`) < 0.5);
  expect(drawn.map((row) => row.caseId).sort()).toEqual(expected.sort());
  expect(drawn.every((row) => row.propensity === 0.5)).toBe(true);
  const unsure = await seedCase(database.db);
  await secondReviewShare(1);
  const noIdea = { caseId: unsure.id, disposition: "not_sure", version: 1 } as const;
  await expect(closeCase(ada, noIdea)).rejects.toMatchObject({ code: "invalid" });
  await closeOutright(ada, { ...noIdea, reason: "no answer" });
  expect(await database.db.secondReview.count({ where: { caseId: unsure.id } })).toBe(0);
  const linkedUnsure = closeCase(ada, { ...noIdea, reason: "no answer", alsoTransactionIds: ["pay_1"] });
  await expect(linkedUnsure).rejects.toMatchObject({ code: "invalid" });
});
