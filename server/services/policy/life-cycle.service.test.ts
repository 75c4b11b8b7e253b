import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { isPendingApproval } from "#server/domain/pending-approval.ts";
import type { Role } from "#server/domain/permission.ts";
import { defaultPolicy } from "#server/domain/policy.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { REVIEW_KEY } from "#server/services/review-settings/read-review-settings.ts";
import {
  activatePolicy,
  activePolicy,
  discardDraft,
  ensureActivePolicy,
  listPolicies,
  proposePolicy,
  rollBackPolicy,
  saveDraft,
} from "./index.ts";

let database: TestDatabase;
let userId: string;
let minutes = 0;
const as = (role: Role): ServiceContext => ({
  db: database.db,
  actor: { kind: "user", id: userId, name: "Lea", role },
  now: () => new Date(Date.UTC(2026, 5, 1, 0, minutes++)),
});
const strict = { ...defaultPolicy, name: "Strict", reviewCapacityPerDay: 500 };
const stricter = { ...strict, name: "Stricter" };

beforeAll(async () => {
  database = await createTestDatabase();
  const data = { email: "l@e.a", name: "Lea", role: "lead", passwordHash: "x", createdAt: new Date(0) };
  userId = (await database.db.user.create({ data })).id;
  await ensureActivePolicy(database.db, new Date(0));
});
afterAll(() => database.drop());

async function audits(subjectId: string): Promise<string[]> {
  const rows = await database.db.auditEvent.findMany({ where: { subjectId }, orderBy: { seq: "asc" } });
  return rows.map((row) => row.action);
}

test("a draft is kept and changed without deciding anything, then becomes the version in force under its number", async () => {
  const before = await activePolicy(as("lead"));
  const draft = await saveDraft(as("lead"), { policy: strict, id: null });
  const changed = await saveDraft(as("lead"), { policy: stricter, id: draft.id });
  expect(changed).toMatchObject({ id: draft.id, status: "draft", policy: stricter, activatedAt: null });
  expect((await activePolicy(as("lead"))).id).toBe(before.id);
  const active = await activatePolicy(as("lead"), {
    policy: stricter,
    expectedActiveId: before.id,
    draftId: draft.id,
  });
  expect(active).toMatchObject({ id: draft.id, number: draft.number, status: "active", policy: stricter });
  expect(await audits(draft.id)).toEqual(["policy.draft", "policy.draft", "policy.activate"]);
});

test("a draft that was activated or discarded can be neither changed, discarded nor activated", async () => {
  const active = await activePolicy(as("lead"));
  const draft = await saveDraft(as("lead"), { policy: strict, id: null });
  await discardDraft(as("lead"), { id: draft.id });
  expect(await audits(draft.id)).toEqual(["policy.draft", "policy.discard_draft"]);
  const conflict = { code: "conflict" };
  await expect(saveDraft(as("lead"), { policy: strict, id: draft.id })).rejects.toMatchObject(conflict);
  await expect(discardDraft(as("lead"), { id: active.id })).rejects.toMatchObject(conflict);
  const again = { policy: strict, expectedActiveId: active.id, draftId: draft.id };
  await expect(activatePolicy(as("lead"), again)).rejects.toMatchObject(conflict);
  expect((await activePolicy(as("lead"))).id).toBe(active.id);
});

test("rolling back puts the policy of before in force as a new version, and history keeps all three", async () => {
  const before = await activePolicy(as("lead"));
  const next = await activatePolicy(as("lead"), { policy: strict, expectedActiveId: before.id });
  const back = await rollBackPolicy(as("lead"), {
    expectedActiveId: next.id,
    toId: null,
    reason: "Too strict",
  });
  if (isPendingApproval(back)) throw new Error("nobody has to agree");
  expect(back).toMatchObject({ number: next.number + 1, status: "active", policy: before.policy });
  const audit = await database.db.auditEvent.findFirst({ where: { subjectId: back.id } });
  expect(audit?.after).toMatchObject({ number: back.number, reason: "Too strict" });
  const statuses = (await listPolicies(as("viewer"))).map(({ number, status }) => [number, status]);
  expect(statuses.slice(0, 2)).toEqual([
    [back.number, "active"],
    [next.number, "retired"],
  ]);
  const stale = { expectedActiveId: next.id, toId: null, reason: "Too strict" };
  await expect(rollBackPolicy(as("lead"), stale)).rejects.toMatchObject({ code: "conflict" });
  const unknown = { expectedActiveId: back.id, toId: "nowhere", reason: "Too strict" };
  await expect(rollBackPolicy(as("lead"), unknown)).rejects.toMatchObject({ code: "not_found" });
});

test("where policies need a second person, activating a draft and rolling back ask for one", async () => {
  await database.db.setting.create({
    data: { key: REVIEW_KEY, value: { fourEyes: { policyChanges: true } } },
  });
  const active = await activePolicy(as("lead"));
  const draft = await saveDraft(as("lead"), { policy: stricter, id: null });
  const input = { policy: stricter, expectedActiveId: active.id, draftId: draft.id };
  expect(await proposePolicy(as("lead"), input)).toMatchObject({ status: "pending_approval" });
  const stored = await database.db.approval.findFirst({ where: { kind: "policy.activate" } });
  expect(stored?.payload).toEqual(input);
  await database.db.approval.updateMany({ data: { status: "withdrawn" } });
  const back = await rollBackPolicy(as("lead"), {
    expectedActiveId: active.id,
    toId: null,
    reason: "Too strict",
  });
  expect(back).toMatchObject({ status: "pending_approval" });
  expect((await activePolicy(as("lead"))).id).toBe(active.id);
});

test("an analyst may neither draft nor discard nor roll back, and nonsense is no draft", async () => {
  const forbidden = { code: "forbidden" };
  await expect(saveDraft(as("analyst"), { policy: strict, id: null })).rejects.toMatchObject(forbidden);
  await expect(discardDraft(as("analyst"), { id: "x" })).rejects.toMatchObject(forbidden);
  const back = { expectedActiveId: "x", toId: null, reason: "Too strict" };
  await expect(rollBackPolicy(as("analyst"), back)).rejects.toMatchObject(forbidden);
  const crossed = { ...strict, reviewThreshold: 0.9, declineThreshold: 0.1 };
  await expect(saveDraft(as("lead"), { policy: crossed, id: null })).rejects.toMatchObject({
    code: "invalid",
  });
});
