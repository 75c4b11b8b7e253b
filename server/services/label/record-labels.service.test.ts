import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { contextOf, seedCase, seedPayment, seedUser, systemContext } from "../case/testing/seed.ts";
import { type LabelInput, recordLabel, recordLabels } from "./index.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});

const foundOut = new Date("2026-11-19T09:00:00.000Z");
const now = new Date("2026-11-20T12:00:00.000Z");

async function seedPayments(count: number, prefix: string): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, i) => `${prefix}_${i}`);
  await database.db.transaction.createMany({
    data: ids.map((id) => ({
      id,
      occurredAt: foundOut,
      amountMinor: 100n,
      currency: "EUR",
      customerId: "cus_b",
      merchantId: "mer_b",
      requestHash: new Uint8Array(32),
    })),
  });
  return ids;
}

function imported(transactionId: string, label: LabelInput["label"] = "fraud"): LabelInput {
  return { transactionId, label, source: "import", occurredAt: foundOut };
}

test("a batch over several database transactions is recorded in the order given", async () => {
  const { db } = database;
  const ids = await seedPayments(6_000, "many");
  const result = await recordLabels(
    systemContext(db, now),
    ids.map((id, i) => imported(id, i % 10 === 0 ? "fraud" : "legitimate")),
  );
  expect(result).toEqual({ created: 6_000, duplicates: 0, unknown: [], reopenedCases: 0 });
  const labels = await db.label.findMany({ orderBy: { seq: "asc" }, select: { transactionId: true } });
  expect(labels.map((row) => row.transactionId)).toEqual(ids);
  expect(await db.effectiveLabel.count({ where: { label: "fraud" } })).toBe(600);
  expect(await db.auditEvent.findMany({ select: { action: true, after: true } })).toEqual([
    { action: "label.record_many", after: { labels: 5_000, frauds: 500 } },
    { action: "label.record_many", after: { labels: 1_000, frauds: 100 } },
  ]);
  expect(await db.outboxEvent.count()).toBe(0);
});

test("unknown transactions are named by place, and repeats are counted, not written", async () => {
  const { db } = database;
  const [first, second] = (await seedPayments(2, "mixed")) as [string, string];
  const ctx = systemContext(db, now);
  const batch = [imported(first), imported("pay_nowhere"), imported(second), imported(first)];
  expect(await recordLabels(ctx, batch)).toMatchObject({ created: 2, duplicates: 1, unknown: [1] });
  expect(await recordLabels(ctx, batch)).toMatchObject({ created: 0, duplicates: 3, unknown: [1] });
});

test("many labels and one label leave the same label in effect", async () => {
  const { db } = database;
  const [one, many] = (await seedPayments(2, "same")) as [string, string];
  const ctx = systemContext(db, now);
  const of = (transactionId: string): LabelInput[] => [
    { transactionId, label: "legitimate", source: "chargeback", occurredAt: foundOut },
    { transactionId, label: "fraud", source: "analyst", occurredAt: foundOut },
    { transactionId, label: "fraud", source: "chargeback", occurredAt: now },
    { transactionId, label: "legitimate", source: "manual", occurredAt: now },
  ];
  for (const input of of(one)) await recordLabel(ctx, input);
  await recordLabels(ctx, of(many));
  const effective = await db.effectiveLabel.findMany({ where: { transactionId: { in: [one, many] } } });
  expect(effective.map((row) => [row.label, row.source])).toEqual([
    ["fraud", "chargeback"],
    ["fraud", "chargeback"],
  ]);
  const events = (await db.outboxEvent.findMany()).map((event) => event.payload as Record<string, string>);
  const toldOf = (id: string) =>
    events
      .filter((event) => event.transactionId === id)
      .map((event) => `${event.source} ${event.label} ${event.occurredAt} ${event.recordedAt}`)
      .sort();
  expect(toldOf(one)).toHaveLength(4);
  expect(toldOf(many)).toEqual(toldOf(one));
});

test("chargebacks in a batch reopen the cases that they contradict", async () => {
  const { db } = database;
  const { id } = await seedPayment(db);
  const { id: caseId } = await seedCase(db, {
    transactionId: id,
    status: "closed",
    disposition: "legitimate",
    closedAt: foundOut,
  });
  const chargeback = { transactionId: id, label: "fraud", source: "chargeback", occurredAt: now } as const;
  expect(await recordLabels(systemContext(db, now), [chargeback])).toMatchObject({ reopenedCases: 1 });
  expect(await db.case.findUniqueOrThrow({ where: { id: caseId } })).toMatchObject({ status: "open" });
});

test("an invalid row refuses the whole batch before anything is written", async () => {
  const { db } = database;
  const [id] = (await seedPayments(1, "invalid")) as [string];
  const ahead = { ...imported(id), occurredAt: new Date(now.getTime() + 3_600_000) };
  await expect(recordLabels(systemContext(db, now), [imported(id), ahead])).rejects.toMatchObject({
    code: "invalid",
  });
  expect(await db.label.count({ where: { transactionId: id } })).toBe(0);
});

test("a model owner may not record labels", async () => {
  const owner = contextOf(database.db, await seedUser(database.db, "model_owner"), now);
  await expect(recordLabels(owner, [])).rejects.toMatchObject({ code: "forbidden" });
});
