import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import type { Role } from "#server/domain/permission.ts";
import { defaultPolicy } from "#server/domain/policy.ts";
import { ReviewSettings } from "#server/domain/review-settings.ts";
import { claimCase, closeCase, nextCase, snoozeCase } from "#server/services/case/index.ts";
import { contextOf, seedCase, seedUser } from "#server/services/case/testing/seed.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { addListEntry, proposeListEntry } from "#server/services/list/index.ts";
import { activatePolicy, activePolicy, proposePolicy } from "#server/services/policy/index.ts";
import { answerApproval, listApprovals, withdrawApproval } from "./index.ts";

const now = new Date("2026-11-20T12:00:00.000Z");
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});
beforeEach(() => settings({ amountMinor: { EUR: 10_000 } }));

async function settings(fourEyes: object): Promise<void> {
  const value = ReviewSettings.parse({ fourEyes });
  const where = { key: "review" };
  await database.db.setting.upsert({ where, create: { ...where, value }, update: { value } });
}

async function person(role: Role, name: string = role): Promise<ServiceContext> {
  return contextOf(database.db, await seedUser(database.db, role, name), now);
}

/** A verdict of Ada's that waits for a second person. */
async function asked() {
  const ada = await person("analyst", "Ada");
  const { id, transactionId } = await seedCase(database.db);
  const { version } = await claimCase(ada, { caseId: id });
  const pending = await closeCase(ada, { caseId: id, disposition: "fraud", version, reason: "mule" });
  if (pending.status !== "pending_approval") throw new Error("nobody was asked");
  return { ada, caseId: id, transactionId, pending };
}

const stored = (caseId: string) => database.db.case.findUniqueOrThrow({ where: { id: caseId } });

test("a verdict on a large amount waits: the case stays open, held back, and nobody else can take or change it", async () => {
  const { caseId, transactionId, pending } = await asked();
  expect(pending.because).toBe("The verdict is on €129.99; from €100.00 on it needs a second person.");
  expect(await stored(caseId)).toMatchObject({ status: "open", heldAt: now, assigneeId: null });
  expect(await database.db.label.count({ where: { transactionId } })).toBe(0);
  const bob = await person("analyst", "Bob");
  expect(await nextCase(bob)).toBeNull();
  await expect(claimCase(bob, { caseId })).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining(`by Ada waits for a second person: approval ${pending.number}`),
  });
  const { version } = await stored(caseId);
  const until = new Date(now.getTime() + 60_000);
  await expect(snoozeCase(bob, { caseId, version, until })).rejects.toMatchObject({ code: "conflict" });
  const again = closeCase(bob, { caseId, disposition: "legitimate", version });
  await expect(again).rejects.toMatchObject({ code: "conflict" });
  expect(await stored(caseId)).toMatchObject({ version, snoozedUntil: null });
  await database.db.approval.updateMany({ data: { status: "withdrawn" } });
});

test("approved by another it is Ada's verdict, with both names in the audit row; a second answer is a conflict", async () => {
  const { caseId, transactionId, pending, ada } = await asked();
  const lea = await person("lead", "Lea");
  const input = { approvalId: pending.approvalId, answer: "approve" } as const;
  expect(await answerApproval(lea, input)).toMatchObject({ status: "approved", answeredBy: { name: "Lea" } });
  const adaId = ada.actor.kind === "user" ? ada.actor.id : "";
  expect(await stored(caseId)).toMatchObject({ status: "closed", disposition: "fraud", closedById: adaId });
  expect(await database.db.effectiveLabel.findUnique({ where: { transactionId } })).toMatchObject({
    label: "fraud",
  });
  const closed = await database.db.auditEvent.findFirst({
    where: { subjectId: caseId, action: "case.close" },
  });
  expect(closed).toMatchObject({ actorName: "Ada", after: { approval: { byName: "Lea" } } });
  await expect(answerApproval(lea, input)).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("approved by Lea already"),
  });
});

test("nobody answers what they asked for, nor a change that they may not make themselves", async () => {
  await settings({ amountMinor: { EUR: 10_000 }, blockListing: true });
  const lea = await person("lead", "Lea");
  const { id } = await seedCase(database.db);
  const own = await closeCase(lea, { caseId: id, disposition: "fraud", version: 1 });
  const approvalId = "approvalId" in own ? own.approvalId : "";
  const answer = { approvalId, answer: "approve" } as const;
  await expect(answerApproval(lea, answer)).rejects.toMatchObject({
    code: "forbidden",
    message: expect.stringContaining("asked for yourself"),
  });
  // A model owner answers approvals, but works on no cases.
  await expect(answerApproval(await person("model_owner"), answer)).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(answerApproval(await person("analyst"), answer)).rejects.toMatchObject({ code: "forbidden" });
  expect(await stored(id)).toMatchObject({ status: "open" });
});

test("returned with a note the case is its asker's again; rejected it is free; both teach nothing", async () => {
  const lea = await person("lead", "Lea");
  for (const [answer, status] of [
    ["return", "returned"],
    ["reject", "rejected"],
  ] as const) {
    const { caseId, transactionId, pending, ada } = await asked();
    const silent = answerApproval(lea, { approvalId: pending.approvalId, answer });
    await expect(silent).rejects.toMatchObject({ code: "invalid" });
    const note = "call the customer first";
    expect(await answerApproval(lea, { approvalId: pending.approvalId, answer, note })).toMatchObject({
      status,
      note,
    });
    const adaId = ada.actor.kind === "user" ? ada.actor.id : "";
    const ownerId = answer === "return" ? adaId : null;
    expect(await stored(caseId)).toMatchObject({ status: "open", heldAt: null, ownerId });
    expect(await database.db.label.count({ where: { transactionId } })).toBe(0);
    const lines = await database.db.caseEvent.findMany({ where: { caseId, kind: "approval" } });
    expect(lines.map((line) => line.body)).toMatchObject([{ step: "asked" }, { step: status, text: note }]);
  }
});

test("what changed since it was asked for cannot be approved, is left pending, and says so", async () => {
  const { caseId, pending } = await asked();
  await database.db.case.update({ where: { id: caseId }, data: { version: { increment: 1 } } });
  const lea = await person("lead", "Lea");
  const approve = answerApproval(lea, { approvalId: pending.approvalId, answer: "approve" });
  await expect(approve).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("has changed since it was asked for"),
  });
  const approval = await database.db.approval.findUnique({ where: { id: pending.approvalId } });
  expect(approval).toMatchObject({ status: "pending", answeredById: null });
  expect(await stored(caseId)).toMatchObject({ status: "open" });
});

test("only whoever asked withdraws, and the case is free again", async () => {
  const { caseId, pending, ada } = await asked();
  const ref = { approvalId: pending.approvalId };
  await expect(withdrawApproval(await person("lead"), ref)).rejects.toMatchObject({ code: "forbidden" });
  expect(await withdrawApproval(ada, ref)).toMatchObject({ status: "withdrawn" });
  expect(await stored(caseId)).toMatchObject({ heldAt: null, status: "open" });
  await expect(withdrawApproval(ada, ref)).rejects.toMatchObject({ code: "conflict" });
});

test("a verdict against an earlier label waits where overrides need a second person", async () => {
  await settings({ overrides: true });
  const ada = await person("analyst", "Ada");
  const first = await seedCase(database.db);
  await closeCase(ada, { caseId: first.id, disposition: "fraud", version: 1 });
  expect(await stored(first.id)).toMatchObject({ status: "closed" });
  await database.db.case.update({
    where: { id: first.id },
    data: { status: "open", closedAt: null, disposition: null },
  });
  const version = (await stored(first.id)).version;
  const against = await closeCase(ada, { caseId: first.id, disposition: "legitimate", version });
  expect(against).toMatchObject({
    status: "pending_approval",
    because: expect.stringContaining("label fraud (analyst)"),
  });
});

test("block-listing waits, one person alone is refused, and jobs are not held up", async () => {
  await settings({ blockListing: true });
  const [lea, lou] = [await person("lead", "Lea"), await person("lead", "Lou")];
  const entry = { list: "block", kind: "device", value: "dev_9", reason: "mules", expiresAt: null } as const;
  await expect(addListEntry(lea, entry)).rejects.toMatchObject({ code: "conflict" });
  const pending = await proposeListEntry(lea, entry);
  expect(pending).toMatchObject({ status: "pending_approval" });
  await expect(proposeListEntry(lou, entry)).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("waits for a second person already"),
  });
  expect(await database.db.listEntry.count()).toBe(0);
  const approvalId = "approvalId" in pending ? pending.approvalId : "";
  await answerApproval(lou, { approvalId, answer: "approve" });
  expect(await database.db.listEntry.findFirst()).toMatchObject({ value: "dev_9", addedByName: "Lea" });
  const job = { ...lea, actor: { kind: "system", name: "import" } } as const;
  await addListEntry(job, { ...entry, value: "dev_10" });
  expect(await proposeListEntry(lea, { ...entry, list: "allow" })).toMatchObject({ value: "dev_9" });
});

test("the piles page by number, and tell who may answer", async () => {
  const [lea, ada] = [await person("lead", "Lea"), await person("analyst", "Ada")];
  const page = await listApprovals(lea, { pile: "answered", mine: false, limit: 2 });
  expect(page.rows).toHaveLength(2);
  const rest = await listApprovals(lea, {
    pile: "answered",
    mine: false,
    limit: 100,
    cursor: page.nextCursor,
  });
  const numbers = [...page.rows, ...rest.rows].map((row) => row.number);
  expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
  expect(new Set(numbers).size).toBe(numbers.length);
  const pending = { pile: "pending", mine: false, limit: 100 } as const;
  expect((await listApprovals(lea, pending)).rows.every((row) => row.canAnswer)).toBe(true);
  expect((await listApprovals(ada, pending)).rows.some((row) => row.canAnswer)).toBe(false);
  await expect(listApprovals(await person("viewer"), pending)).rejects.toMatchObject({ code: "forbidden" });
});

test("a policy that waits is refused once another one is in force, and a person alone puts none in force", async () => {
  await settings({ policyChanges: true });
  const [lea, owner] = [await person("lead", "Lea"), await person("model_owner", "Mo")];
  const system = { ...lea, actor: { kind: "system", name: "command" } } as const;
  await activatePolicy(system, { policy: defaultPolicy, expectedActiveId: null });
  const { id: expectedActiveId } = await activePolicy(lea);
  const input = { policy: { ...defaultPolicy, reviewCapacityPerDay: 50 }, expectedActiveId };
  await expect(activatePolicy(lea, input)).rejects.toMatchObject({ code: "conflict" });
  const pending = await proposePolicy(lea, input);
  const approvalId = "approvalId" in pending ? pending.approvalId : "";
  await activatePolicy(system, input);
  await expect(answerApproval(owner, { approvalId, answer: "approve" })).rejects.toMatchObject({
    message: expect.stringContaining("Someone activated another policy meanwhile"),
  });
  const note = "the other one stays";
  expect(await answerApproval(owner, { approvalId, answer: "reject", note })).toMatchObject({
    status: "rejected",
  });
});
