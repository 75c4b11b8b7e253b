import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { recordLabel } from "#server/services/label/index.ts";
import { claimCase, closeCase, getCase, nextCase, reopenCase } from "./index.ts";
import { closeOutright, contextOf, seedCase, seedUser, systemContext } from "./testing/seed.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});

const now = new Date("2026-11-20T12:00:00.000Z");
const later = (ms: number): Date => new Date(now.getTime() + ms);

async function analyst(name = "Ada", at = now) {
  return contextOf(database.db, await seedUser(database.db, "analyst", name), at);
}

const actionsOn = async (id: string): Promise<string[]> => {
  const rows = await database.db.auditEvent.findMany({ where: { subjectId: id }, orderBy: { seq: "asc" } });
  return rows.map((row) => row.action);
};

test("a fraud verdict closes the case, records the label, and leaves timeline, audit rows and events", async () => {
  const { db } = database;
  const ctx = await analyst();
  const { id, transactionId } = await seedCase(db);
  const row = await closeOutright(ctx, {
    caseId: id,
    disposition: "fraud",
    version: 1,
    reason: "card testing",
  });
  expect(row).toMatchObject({
    status: "closed",
    disposition: "fraud",
    closedBy: { name: "Ada" },
    version: 2,
  });
  expect(row.closedAt).toBe(now.toISOString());
  const labels = await db.label.findMany({ where: { transactionId } });
  expect(labels).toMatchObject([
    { label: "fraud", source: "analyst", occurredAt: now, note: "card testing" },
  ]);
  expect(await db.effectiveLabel.findUnique({ where: { transactionId } })).toMatchObject({ label: "fraud" });
  expect(await actionsOn(id)).toEqual(["case.close"]);
  expect(await actionsOn(transactionId)).toEqual(["label.record"]);
  const events = await db.caseEvent.findMany({ where: { caseId: id } });
  expect(events).toMatchObject([{ kind: "closed", body: { disposition: "fraud", reason: "card testing" } }]);
  const types = (await db.outboxEvent.findMany()).map((event) => event.type);
  expect(types).toEqual(["label.recorded", "case.closed"]);
});

test("not sure closes the case and teaches nothing", async () => {
  const { db } = database;
  const { id, transactionId } = await seedCase(db);
  await closeCase(await analyst(), {
    caseId: id,
    disposition: "not_sure",
    version: 1,
    reason: "no answer yet",
  });
  expect(await db.label.count({ where: { transactionId } })).toBe(0);
  expect(await db.case.findUniqueOrThrow({ where: { id } })).toMatchObject({ disposition: "not_sure" });
});

test("of two analysts who close at once one wins and the other learns who and when", async () => {
  const { db } = database;
  const { id, transactionId } = await seedCase(db);
  const [ada, bob] = [await analyst("Ada"), await analyst("Bob")];
  const results = await Promise.allSettled([
    closeCase(ada, { caseId: id, disposition: "fraud", version: 1 }),
    closeCase(bob, { caseId: id, disposition: "legitimate", version: 1 }),
  ]);
  const won = results.findIndex((result) => result.status === "fulfilled");
  const lost = results.find((result) => result.status === "rejected");
  expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
  expect(lost?.reason).toMatchObject({ code: "conflict" });
  const winner = ["as fraud by Ada", "as legitimate by Bob"][won];
  expect(String(lost?.reason)).toContain(`${winner} at 2026-11-20 12:00 UTC`);
  expect(await db.label.count({ where: { transactionId } })).toBe(1);
  expect(await actionsOn(id)).toEqual(["case.close"]);
});

test("a verdict from an old view is a conflict and writes nothing", async () => {
  const { db } = database;
  const { id, transactionId } = await seedCase(db, { version: 3 });
  const stale = closeCase(await analyst(), { caseId: id, disposition: "fraud", version: 2 });
  await expect(stale).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("changed"),
  });
  expect(await actionsOn(id)).toEqual([]);
  expect(await db.label.count({ where: { transactionId } })).toBe(0);
});

test("a case that another holds cannot be closed; once the claim has run out it can", async () => {
  const { db } = database;
  const { id } = await seedCase(db);
  const claimed = await claimCase(await analyst("Bob"), { caseId: id });
  const verdict = { caseId: id, disposition: "fraud", version: claimed.version } as const;
  await expect(closeCase(await analyst("Ada"), verdict)).rejects.toMatchObject({
    message: expect.stringContaining("Bob has Case"),
  });
  const afterwards = await closeCase(await analyst("Ada", later(30 * 60_000)), verdict);
  expect(afterwards.status).toBe("closed");
});

test("viewers and model owners may not close, an unknown case is not found, card numbers are refused", async () => {
  const { db } = database;
  const { id } = await seedCase(db);
  for (const role of ["viewer", "model_owner"] as const) {
    const ctx = contextOf(db, await seedUser(db, role), now);
    await expect(closeCase(ctx, { caseId: id, disposition: "fraud", version: 1 })).rejects.toMatchObject({
      code: "forbidden",
    });
  }
  const ada = await analyst();
  const unknown = closeCase(ada, { caseId: "nowhere", disposition: "fraud", version: 1 });
  await expect(unknown).rejects.toMatchObject({ code: "not_found" });
  const reason = "called about 4242424242424242";
  await expect(
    closeCase(ada, { caseId: id, disposition: "fraud", version: 1, reason }),
  ).rejects.toMatchObject({
    code: "invalid",
  });
});

test("undone within ten seconds, the verdict no longer counts, its label stays, and the analyst has it again", async () => {
  const { db } = database;
  const user = await seedUser(db, "analyst", "Ada");
  const { id, transactionId } = await seedCase(db);
  await recordLabel(systemContext(db, now), {
    transactionId,
    label: "legitimate",
    source: "customer_report",
    occurredAt: now,
  });
  const closed = await closeOutright(contextOf(db, user, now), {
    caseId: id,
    disposition: "fraud",
    version: 1,
  });
  expect(await db.effectiveLabel.findUnique({ where: { transactionId } })).toMatchObject({ label: "fraud" });

  const ctx = contextOf(db, user, later(9_000));
  const open = await reopenCase(ctx, { caseId: id, version: closed.version });
  expect(open).toMatchObject({ status: "open", disposition: null, holder: { name: "Ada" }, version: 3 });
  expect(await db.effectiveLabel.findUnique({ where: { transactionId } })).toMatchObject({
    label: "legitimate",
    source: "customer_report",
  });
  const { labels, timeline } = await getCase(ctx, { caseId: id });
  expect(labels.map((l) => [l.source, l.withdrawnAt !== null, l.effective])).toEqual([
    ["customer_report", false, true],
    ["analyst", true, false],
  ]);
  expect(timeline.map((event) => [event.kind, event.reason])).toEqual([
    ["closed", null],
    ["reopened", "undo"],
  ]);
  expect(await actionsOn(id)).toEqual(["case.close", "case.reopen"]);

  await closeCase(ctx, { caseId: id, disposition: "legitimate", version: open.version });
  expect(await db.effectiveLabel.findUnique({ where: { transactionId } })).toMatchObject({
    source: "analyst",
  });
});

test("undoing the only verdict leaves the payment without a label", async () => {
  const { db } = database;
  const user = await seedUser(db, "analyst");
  const { id, transactionId } = await seedCase(db);
  const ctx = contextOf(db, user, now);
  const closed = await closeOutright(ctx, { caseId: id, disposition: "fraud", version: 1 });
  await reopenCase(ctx, { caseId: id, version: closed.version });
  expect(await db.effectiveLabel.findUnique({ where: { transactionId } })).toBeNull();
  expect(await db.label.count({ where: { transactionId } })).toBe(1);
});

test("after ten seconds only a lead may reopen, and nobody then holds the case", async () => {
  const { db } = database;
  const user = await seedUser(db, "analyst");
  const { id, transactionId } = await seedCase(db);
  await closeCase(contextOf(db, user, now), { caseId: id, disposition: "legitimate", version: 1 });
  const undo = { caseId: id, version: 2 };
  await expect(reopenCase(contextOf(db, user, later(13_000)), undo)).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(reopenCase(await analyst("Bob"), undo)).rejects.toMatchObject({ code: "forbidden" });
  const lead = contextOf(db, await seedUser(db, "lead", "Lea"), later(86_400_000));
  expect(await reopenCase(lead, { ...undo, reason: "new evidence" })).toMatchObject({ holder: null });
  expect(await db.effectiveLabel.findUnique({ where: { transactionId } })).toBeNull();
  await expect(reopenCase(lead, undo)).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("open already"),
  });
});

test("an undo cannot take back a verdict that was given after it", async () => {
  const { db } = database;
  const user = await seedUser(db, "analyst");
  const ctx = contextOf(db, user, now);
  const { id } = await seedCase(db);
  const first = await closeOutright(ctx, { caseId: id, disposition: "fraud", version: 1 });
  const open = await reopenCase(ctx, { caseId: id, version: first.version });
  const soon = contextOf(db, user, later(1_000));
  await closeCase(soon, { caseId: id, disposition: "legitimate", version: open.version });
  await expect(reopenCase(soon, { caseId: id, version: first.version })).rejects.toMatchObject({
    code: "conflict",
  });
});

test("verdicts, chargebacks and claims at once never lock each other out", async () => {
  const { db } = database;
  const users = await Promise.all(Array.from({ length: 6 }, (_, i) => seedUser(db, "analyst", `U${i}`)));
  const cases = await Promise.all(Array.from({ length: 12 }, () => seedCase(db)));
  const work = cases.flatMap(({ id, transactionId }, i) => {
    const user = users[i % users.length] as (typeof users)[number];
    const ctx = contextOf(db, user, now);
    return [
      closeCase(ctx, { caseId: id, disposition: "legitimate", version: 1 }),
      recordLabel(systemContext(db, now), {
        transactionId,
        label: "fraud",
        source: "chargeback",
        occurredAt: now,
      }),
      nextCase(ctx),
    ];
  });
  const refused = (await Promise.allSettled(work)).flatMap((r) =>
    r.status === "rejected" ? [r.reason] : [],
  );
  expect(refused.filter((reason) => reason.code !== "conflict")).toEqual([]);
});
