import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { GENERAL_QUEUE_ID } from "#server/domain/queue.ts";
import { ReviewSettings } from "#server/domain/review-settings.ts";
import { answerApproval } from "#server/services/approval/index.ts";
import type { ServiceContext } from "#server/services/context.ts";
import type { BulkAction } from "./bulk-action.ts";
import { addNote, claimCase, executeBulk, previewBulk, setTags, undoBulk } from "./index.ts";
import { contextOf, type SeedUser, seedCase, seedUser } from "./testing/seed.ts";

const now = new Date("2026-11-20T12:00:00.000Z");
const later = (ms: number): Date => new Date(now.getTime() + ms);
let database: TestDatabase;
let lea: SeedUser;
let lead: ServiceContext;
let bob: ServiceContext;
beforeAll(async () => {
  database = await createTestDatabase();
  lea = await seedUser(database.db, "lead", "Lea");
  lead = contextOf(database.db, lea, now);
  bob = contextOf(database.db, await seedUser(database.db, "analyst", "Bob"), now);
});
afterAll(async () => {
  await database.drop();
});
beforeEach(() => settings({}));

async function settings(change: object): Promise<void> {
  const value = ReviewSettings.parse({ secondReviewShare: 1, ...change });
  await database.db.setting.upsert({
    where: { key: "review" },
    create: { key: "review", value },
    update: { value },
  });
}

const cases = (count: number) => Promise.all(Array.from({ length: count }, () => seedCase(database.db)));
const stored = (id: string) => database.db.case.findUniqueOrThrow({ where: { id } });

async function execute(ids: readonly string[], action: BulkAction) {
  const { items } = await previewBulk(lead, { chosen: { caseIds: [...ids] }, action });
  const done = await executeBulk(lead, { items: [...items], action });
  if (done.status !== "done") throw new Error("nobody was to be asked");
  return done;
}

test("the preview counts cases and money, and says what it leaves out and why; nothing is changed", async () => {
  const [a, b, held, closed] = await cases(4);
  const joined = await seedCase(database.db, { status: "joined", joinedToId: a?.id ?? null });
  await claimCase(bob, { caseId: held?.id ?? "" });
  await database.db.case.update({
    where: { id: closed?.id ?? "" },
    data: { status: "closed", disposition: "fraud", closedAt: now },
  });
  const ids = [a, b, held, closed, joined].map((row) => row?.id ?? "");
  const action = { kind: "close", disposition: "fraud", reason: null } as const;
  const preview = await previewBulk(lead, { chosen: { caseIds: [...ids, "nowhere"] }, action });
  expect(preview.items.map((item) => item.caseId)).toEqual(ids.slice(0, 2));
  expect(preview.money).toEqual([{ currency: "EUR", cases: 2, amountMinor: 25_998 }]);
  expect(preview.skipped.map((row) => row.why)).toEqual([
    expect.stringContaining("Bob has Case"),
    expect.stringContaining("already closed as fraud"),
    expect.stringContaining("worked on as part of another case"),
    "There is no such case.",
  ]);
  expect(preview).toMatchObject({ heldByOthers: 1, hasMore: false, needsApproval: null });
  expect(await stored(ids[0] ?? "")).toMatchObject({ status: "open", version: 1 });
  const byFilter = await previewBulk(lead, { chosen: { filter: { pile: "closed" } }, action });
  expect(byFilter.skipped.map((row) => row.caseId)).toEqual([closed?.id]);
});

test("bulk closing labels each and leaves an audit row per case and one for the whole; undone, nothing of it counts", async () => {
  const seeded = await cases(3);
  const [root] = seeded;
  const child = await seedCase(database.db, { status: "joined", joinedToId: root?.id ?? null });
  const ids = seeded.map((row) => row.id);
  const done = await execute(ids, { kind: "close", disposition: "fraud", reason: "one ring" });
  expect([...done.changed].sort()).toEqual([...ids].sort());
  const judged = [...seeded, child].map((row) => row.transactionId);
  const labelled = { transactionId: { in: judged }, label: "fraud" };
  expect(await database.db.effectiveLabel.count({ where: labelled })).toBe(4);
  const audited = { action: "case.close", subjectId: { in: [...ids, child.id] } };
  expect(await database.db.auditEvent.count({ where: audited })).toBe(4);
  expect(await database.db.auditEvent.count({ where: { subjectId: done.bulkId } })).toBe(1);
  expect(await database.db.secondReview.count({ where: { caseId: { in: ids } } })).toBe(3);

  // One is touched before the undo, and stays as it is.
  const touched = ids[2] ?? "";
  await setTags(bob, { caseId: touched, version: (await stored(touched)).version, tags: ["seen"] });
  const undone = await undoBulk(contextOf(database.db, lea, later(59_000)), { bulkId: done.bulkId });
  expect(undone.skipped.map((row) => row.caseId)).toEqual([touched]);
  expect(await stored(ids[0] ?? "")).toMatchObject({ status: "open", disposition: null });
  expect(await stored(child.id)).toMatchObject({ status: "joined", joinedToId: root?.id });
  expect(await stored(touched)).toMatchObject({ status: "closed", disposition: "fraud" });
  expect(await database.db.effectiveLabel.count({ where: labelled })).toBe(1);
  expect(await database.db.secondReview.count({ where: { caseId: { in: ids } } })).toBe(1);
});

test("assigning, snoozing and routing in bulk are put back as they were, each case as it was before", async () => {
  const { db } = database;
  const bobId = bob.actor.kind === "user" ? bob.actor.id : "";
  const queue = await db.queue.create({
    data: { name: "VIP", position: 1, routing: {}, slaMinutes: 30, createdAt: now },
  });
  const [a, b] = await cases(2);
  const ids = [a?.id ?? "", b?.id ?? ""];
  await db.case.update({ where: { id: ids[0] ?? "" }, data: { ownerId: lea.id, queueId: GENERAL_QUEUE_ID } });
  const before = await Promise.all(ids.map(stored));
  const until = later(3_600_000);
  const actions: [BulkAction, object][] = [
    [{ kind: "assign", userId: bobId }, { ownerId: bobId }],
    [{ kind: "snooze", until: until.toISOString() }, { snoozedUntil: until }],
    [
      { kind: "route", queueId: queue.id },
      { queueId: queue.id, dueAt: new Date((before[0]?.openedAt.getTime() ?? 0) + 1_800_000) },
    ],
  ];
  for (const [action, expected] of actions) {
    const done = await execute(ids, action);
    expect(await stored(ids[0] ?? "")).toMatchObject(expected);
    expect(await stored(ids[1] ?? "")).toMatchObject(expected);
    expect((await undoBulk(lead, { bulkId: done.bulkId })).undone).toHaveLength(2);
    for (const [place, id] of ids.entries()) {
      const { version: _, routedAt: __, ...was } = before[place] ?? { version: 0, routedAt: null };
      expect(await stored(id)).toMatchObject(was);
    }
  }
});

test("a bulk change is one small row, and each case's own row tells what it was and became", async () => {
  const { db } = database;
  const queue = await db.queue.create({
    data: { name: "Fast", position: 9, routing: {}, slaMinutes: 30, createdAt: now },
  });
  const dueAt = later(1_000);
  const [plain, due] = await Promise.all([seedCase(db), seedCase(db, { queueId: GENERAL_QUEUE_ID, dueAt })]);
  const done = await execute([plain.id, due.id], { kind: "route", queueId: queue.id });
  const whole = await db.auditEvent.findFirstOrThrow({ where: { subjectId: done.bulkId } });
  expect(JSON.stringify([whole.before, whole.after])).not.toContain(plain.id);
  const [first, second] = await Promise.all([stored(plain.id), stored(due.id)]);
  expect(whole.before).toMatchObject({ cases: [first.number, second.number].sort((a, b) => a - b) });
  expect(whole.after).toMatchObject({ changed: 2, skipped: 0, versions: { values: [2] } });
  const own = await db.auditEvent.findFirst({ where: { subjectId: due.id, action: "case.route" } });
  expect(own).toMatchObject({
    ...{ actorId: lea.id, actorName: "Lea" },
    before: { queueId: GENERAL_QUEUE_ID, dueAt: dueAt.toISOString() },
    after: { queueId: queue.id, queue: "Fast", dueAt: second.dueAt?.toISOString() },
  });
  await undoBulk(lead, { bulkId: done.bulkId });
  expect(
    await db.auditEvent.findFirst({ where: { subjectId: due.id }, orderBy: { seq: "desc" } }),
  ).toMatchObject({
    before: { queueId: queue.id },
    after: { queueId: GENERAL_QUEUE_ID, dueAt: dueAt.toISOString(), reason: "undo" },
  });
});

test("reopening in bulk is undone to the same verdicts by the same people", async () => {
  const bobId = bob.actor.kind === "user" ? bob.actor.id : "";
  const [a] = await cases(1);
  const id = a?.id ?? "";
  await database.db.case.update({
    where: { id },
    data: { status: "closed", disposition: "legitimate", closedAt: later(-1000), closedById: bobId },
  });
  const done = await execute([id], { kind: "reopen", reason: "a wave" });
  expect(await stored(id)).toMatchObject({ status: "open", disposition: null });
  await undoBulk(lead, { bulkId: done.bulkId });
  expect(await stored(id)).toMatchObject({
    status: "closed",
    disposition: "legitimate",
    closedById: bobId,
  });
  const review = await database.db.secondReview.findUnique({ where: { caseId: id } });
  expect(review).toMatchObject({ firstReviewerId: bobId, firstDisposition: "legitimate" });
});

test("what changed since the preview is skipped; a note is no change", async () => {
  const seeded = await cases(2);
  const ids = seeded.map((row) => row.id);
  const action = { kind: "close", disposition: "legitimate", reason: null } as const;
  const { items } = await previewBulk(lead, { chosen: { caseIds: ids }, action });
  await claimCase(bob, { caseId: ids[0] ?? "" });
  await addNote(bob, { caseId: ids[1] ?? "", text: "fine" });
  const done = await executeBulk(lead, { items: [...items], action });
  expect(done).toMatchObject({
    changed: [ids[1]],
    skipped: [{ caseId: ids[0], why: expect.stringContaining("Bob has Case") }],
  });
});

test("only its maker undoes a bulk change, within a minute; analysts make none; impossible targets are refused", async () => {
  const [a] = await cases(1);
  const done = await execute([a?.id ?? ""], { kind: "assign", userId: lea.id });
  const other = contextOf(database.db, await seedUser(database.db, "lead", "Lou"), now);
  await expect(undoBulk(other, { bulkId: done.bulkId })).rejects.toMatchObject({ code: "forbidden" });
  const late = undoBulk(contextOf(database.db, lea, later(63_000)), { bulkId: done.bulkId });
  await expect(late).rejects.toMatchObject({ code: "forbidden" });
  const items = [{ caseId: a?.id ?? "", version: 2 }];
  const route = { kind: "route", queueId: "nowhere" } as const;
  await expect(executeBulk(bob, { items, action: route })).rejects.toMatchObject({ code: "forbidden" });
  await expect(executeBulk(lead, { items, action: route })).rejects.toMatchObject({ code: "invalid" });
  const unsure = { kind: "close", disposition: "not_sure", reason: null } as const;
  await expect(executeBulk(lead, { items, action: unsure })).rejects.toMatchObject({ code: "invalid" });
});

test("a bulk verdict with a large case waits as a whole, and is made when another lead approves it", async () => {
  await settings({ fourEyes: { amountMinor: { EUR: 20_000 } } });
  const [small, root] = await cases(2);
  await seedCase(database.db, { status: "joined", joinedToId: root?.id ?? null });
  const caseIds = [small?.id ?? "", root?.id ?? ""];
  const action = { kind: "close", disposition: "fraud", reason: null } as const;
  const preview = await previewBulk(lead, { chosen: { caseIds }, action });
  expect(preview.needsApproval).toContain("1 of the cases come to €200.00 or more");
  const pending = await executeBulk(lead, { items: [...preview.items], action });
  expect(pending.status).toBe("pending_approval");
  expect(await stored(caseIds[0] ?? "")).toMatchObject({ status: "open" });
  const lou = contextOf(database.db, await seedUser(database.db, "lead", "Lou"), now);
  const approvalId = "approvalId" in pending ? pending.approvalId : "";
  await answerApproval(lou, { approvalId, answer: "approve" });
  expect(await stored(caseIds[1] ?? "")).toMatchObject({ status: "closed", closedById: lea.id });
});
