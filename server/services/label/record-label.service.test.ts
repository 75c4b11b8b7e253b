import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { contextOf, seedCase, seedPayment, seedUser, systemContext } from "../case/testing/seed.ts";
import { recordLabel } from "./index.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});

const foundOut = new Date("2026-11-19T09:00:00.000Z");
const now = new Date("2026-11-20T12:00:00.000Z");

const chargebackOf = (transactionId: string) =>
  ({ transactionId, label: "fraud", source: "chargeback", occurredAt: foundOut }) as const;

test("a label is recorded with its effective label, audit row and event", async () => {
  const { db } = database;
  const ctx = systemContext(db, now);
  const { id } = await seedPayment(db);
  const recorded = await recordLabel(ctx, { ...chargebackOf(id), note: "dispute 71" });
  expect(recorded).toEqual({
    transactionId: id,
    label: "fraud",
    source: "chargeback",
    occurredAt: foundOut,
    recordedAt: now,
    created: true,
  });
  expect(await db.effectiveLabel.findUnique({ where: { transactionId: id } })).toMatchObject({
    label: "fraud",
    source: "chargeback",
    recordedAt: now,
    occurredAt: new Date("2026-11-18T10:00:00.000Z"),
  });
  const audit = await db.auditEvent.findMany({ where: { subjectId: id } });
  expect(audit.map((row) => row.action)).toEqual(["label.record"]);
  expect(audit[0]?.after).toMatchObject({ label: "fraud", note: "dispute 71" });
  const events = await db.outboxEvent.findMany({ where: { type: "label.recorded" } });
  expect(events.map((event) => event.payload)).toContainEqual(
    expect.objectContaining({ transactionId: id, occurredAt: foundOut.toISOString() }),
  );
});

test("the same label again, 16 times at once, is one row, one audit row and one event", async () => {
  const { db } = database;
  const ctx = systemContext(db, now);
  const { id } = await seedPayment(db);
  const results = await Promise.all(Array.from({ length: 16 }, () => recordLabel(ctx, chargebackOf(id))));
  expect(results.filter((result) => result.created)).toHaveLength(1);
  expect(new Set(results.map((result) => result.recordedAt.getTime())).size).toBe(1);
  expect(await db.label.count({ where: { transactionId: id } })).toBe(1);
  expect(await db.auditEvent.count({ where: { subjectId: id } })).toBe(1);
});

test("labels of different sources at once leave the strongest in effect", async () => {
  const { db } = database;
  const ctx = systemContext(db, now);
  const { id } = await seedPayment(db);
  const sources = ["manual", "customer_report", "chargeback", "issuer_alert", "import"] as const;
  await Promise.all(
    sources.map((source) =>
      recordLabel(ctx, {
        transactionId: id,
        label: source === "chargeback" ? "fraud" : "legitimate",
        source,
        occurredAt: foundOut,
      }),
    ),
  );
  const effective = await db.effectiveLabel.findUnique({ where: { transactionId: id } });
  expect(effective).toMatchObject({ label: "fraud", source: "chargeback" });
  expect(await db.label.count({ where: { transactionId: id } })).toBe(5);
});

test("labels become visible in the order of their sequence", async () => {
  const { db } = database;
  const ctx = systemContext(db, now);
  const payments = await Promise.all(Array.from({ length: 12 }, () => seedPayment(db)));
  const seen: bigint[] = [];
  let done = false;
  const reader = (async () => {
    while (!done) {
      const rows = await db.label.findMany({
        where: { seq: { gt: seen.at(-1) ?? 0n } },
        orderBy: { seq: "asc" },
      });
      seen.push(...rows.map((row) => row.seq));
    }
  })();
  await Promise.all(payments.map(({ id }) => recordLabel(ctx, chargebackOf(id))));
  done = true;
  await reader;
  const rows = await db.label.findMany({ where: { seq: { gt: seen.at(-1) ?? 0n } } });
  expect(seen.length + rows.length).toBe(await db.label.count());
});

test("an unknown transaction is not found and nothing is written", async () => {
  const ctx = systemContext(database.db, now);
  await expect(recordLabel(ctx, chargebackOf("pay_nowhere"))).rejects.toMatchObject({ code: "not_found" });
  expect(await database.db.auditEvent.count({ where: { subjectId: "pay_nowhere" } })).toBe(0);
});

test("a label of the future and a card number in the note are refused", async () => {
  const ctx = systemContext(database.db, now);
  const { id } = await seedPayment(database.db);
  const ahead = new Date(now.getTime() + 6 * 60_000);
  await expect(recordLabel(ctx, { ...chargebackOf(id), occurredAt: ahead })).rejects.toMatchObject({
    code: "invalid",
  });
  await expect(
    recordLabel(ctx, { ...chargebackOf(id), note: "card 4242 4242 4242 4242" }),
  ).rejects.toMatchObject({
    code: "invalid",
  });
  expect(await database.db.label.count({ where: { transactionId: id } })).toBe(0);
});

test("a viewer and a key without the label scope may not record labels", async () => {
  const { db } = database;
  const { id } = await seedPayment(db);
  const viewer = contextOf(db, await seedUser(db, "viewer"), now);
  await expect(recordLabel(viewer, chargebackOf(id))).rejects.toMatchObject({ code: "forbidden" });
  const key = { ...viewer, actor: { kind: "api_key", id: "k", name: "shop", scopes: ["score"] } as const };
  await expect(recordLabel(key, chargebackOf(id))).rejects.toMatchObject({ code: "forbidden" });
});

test("a chargeback against a legitimate verdict reopens the case and says why", async () => {
  const { db } = database;
  const analyst = await seedUser(db, "analyst");
  const { id } = await seedPayment(db);
  const closed = { status: "closed", disposition: "legitimate", closedAt: foundOut, closedById: analyst.id };
  const { id: caseId } = await seedCase(db, { transactionId: id, ...closed });
  await recordLabel(systemContext(db, now), chargebackOf(id));
  const after = await db.case.findUniqueOrThrow({ where: { id: caseId }, include: { events: true } });
  expect(after).toMatchObject({ status: "open", disposition: null, closedAt: null, version: 2 });
  expect(after.events.map((event) => [event.kind, event.body])).toEqual([
    ["reopened", expect.objectContaining({ reason: "chargeback" })],
  ]);
  expect(await db.auditEvent.count({ where: { action: "case.reopen", subjectId: caseId } })).toBe(1);
});

test("a chargeback that agrees with the verdict leaves the case closed", async () => {
  const { db } = database;
  const { id } = await seedPayment(db);
  const closed = { status: "closed", disposition: "fraud", closedAt: foundOut };
  const { id: caseId } = await seedCase(db, { transactionId: id, ...closed });
  await recordLabel(systemContext(db, now), chargebackOf(id));
  expect(await db.case.findUniqueOrThrow({ where: { id: caseId } })).toMatchObject({
    status: "closed",
    version: 1,
  });
});
