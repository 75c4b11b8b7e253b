import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { contextOf, seedDecision, seedPayment, seedUser } from "#server/services/case/testing/seed.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { recordLabel } from "#server/services/label/index.ts";
import { getTransaction, type ListTransactionsInput, listTransactions } from "./index.ts";

const now = new Date("2026-11-20T12:00:00.000Z");
const minute = (n: number): Date => new Date(now.getTime() - n * 60_000);
let database: TestDatabase;
let ctx: ServiceContext;

/** p0 newest … p5 oldest; p3 and p4 at the same time. */
beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  ctx = contextOf(db, await seedUser(db, "admin"), now);
  const rows = [
    { id: "p0", amountMinor: 100n, customerId: "cus_a", merchantId: "mer_x", deviceId: "dev_1" },
    { id: "p1", amountMinor: 200n, customerId: "cus_b", merchantId: "cus_a", cardToken: "card_1" },
    { id: "p2", amountMinor: 300n, currency: "USD", customerId: "cus_b", channel: "atm" },
    { id: "p3", amountMinor: 400n, customerId: "cus_c", origin: "import" },
    { id: "p4", amountMinor: 500n, customerId: "cus_c" },
    { id: "p5", amountMinor: 600n, customerId: "cus_c" },
  ];
  const times = [minute(1), minute(2), minute(3), minute(4), minute(4), minute(2_000)];
  for (const [i, row] of rows.entries()) await seedPayment(db, { ...row, occurredAt: times[i] ?? now });
  for (const [id, outcome] of [
    ["p1", "decline"],
    ["p2", "review"],
    ["p4", "review"],
    ["p5", "approve"],
  ] as const) {
    const occurredAt = times[Number(id.slice(1))] ?? now;
    await seedDecision(db, id, { outcome, occurredAt, features: new Uint8Array(16) });
  }
  for (const [transactionId, label] of [
    ["p2", "fraud"],
    ["p5", "legitimate"],
  ] as const) {
    await recordLabel(ctx, { transactionId, label, source: "chargeback", occurredAt: minute(1) });
  }
});
afterAll(() => database.drop());

const ids = async (input: ListTransactionsInput): Promise<string[]> =>
  (await listTransactions(ctx, input)).rows.map((row) => row.id);

test("payments come newest first, equal times by id", async () => {
  expect(await ids({})).toEqual(["p0", "p1", "p2", "p3", "p4", "p5"]);
});

test("pages follow each other without a gap or a repetition, also between equal times", async () => {
  const seen: string[] = [];
  let after = null;
  do {
    const page = await listTransactions(ctx, { limit: 1, after });
    seen.push(...page.rows.map((row) => row.id));
    after = page.next;
  } while (after !== null);
  expect(seen).toEqual(["p0", "p1", "p2", "p3", "p4", "p5"]);
});

test("a search finds a payment, customer, merchant, card or device by its whole id, each payment once", async () => {
  expect(await ids({ search: "p3" })).toEqual(["p3"]);
  expect(await ids({ search: "cus_a" })).toEqual(["p0", "p1"]);
  expect(await ids({ search: "card_1" })).toEqual(["p1"]);
  expect(await ids({ search: "dev_1" })).toEqual(["p0"]);
  expect(await ids({ search: "cus" })).toEqual([]);
  expect(await ids({ search: "cus_c", limit: 2 })).toEqual(["p3", "p4"]);
});

test("each filter restricts, whichever index the list walks", async () => {
  expect(await ids({ outcome: "review" })).toEqual(["p2", "p4"]);
  expect(await ids({ outcome: "approve" })).toEqual(["p5"]);
  expect(await ids({ label: "fraud" })).toEqual(["p2"]);
  expect(await ids({ label: "legitimate", outcome: "approve" })).toEqual(["p5"]);
  expect(await ids({ label: "none", outcome: "review" })).toEqual(["p4"]);
  expect(await ids({ minAmountMinor: 200, maxAmountMinor: 300 })).toEqual(["p1", "p2"]);
  expect(await ids({ currency: "USD" })).toEqual(["p2"]);
  expect(await ids({ channel: "atm" })).toEqual(["p2"]);
  expect(await ids({ origin: "import" })).toEqual(["p3"]);
  expect(await ids({ fromDay: "2026-11-19", toDay: "2026-11-19" })).toEqual(["p5"]);
  expect(await ids({ outcome: "review", search: "cus_c" })).toEqual(["p4"]);
});

test("a row carries its decision, its first reason and the label that counts", async () => {
  const { rows } = await listTransactions(ctx, { search: "p2" });
  expect(rows[0]).toMatchObject({
    id: "p2",
    amountMinor: 300,
    currency: "USD",
    outcome: "review",
    score: 0.7,
    topReason: "€129.99 here; usually €20 to €80",
    label: "fraud",
  });
});

test("an undecided payment has neither outcome nor score", async () => {
  const { rows } = await listTransactions(ctx, { search: "p3" });
  expect(rows[0]).toMatchObject({ outcome: null, score: null, topReason: null, label: null });
});

test("details hold the decision and every label, newest first, with the one that counts marked", async () => {
  await recordLabel(ctx, {
    transactionId: "p4",
    label: "fraud",
    source: "chargeback",
    occurredAt: minute(2),
  });
  await recordLabel(ctx, {
    transactionId: "p4",
    label: "legitimate",
    source: "manual",
    occurredAt: minute(1),
  });
  const { decision, labels, amountMinor } = await getTransaction(ctx, "p4");
  expect(amountMinor).toBe(500);
  expect(decision).toMatchObject({ outcome: "review", score: 0.7, model: null });
  expect(labels.map((l) => [l.label, l.isEffective])).toEqual([
    ["legitimate", false],
    ["fraud", true],
  ]);
});

test("an unknown payment is not found, and a payment system's label key may not read", async () => {
  await expect(getTransaction(ctx, "nothing")).rejects.toMatchObject({ code: "not_found" });
  const key: ServiceContext = { ...ctx, actor: { kind: "api_key", id: "k", name: "k", scopes: ["label"] } };
  await expect(listTransactions(key, {})).rejects.toMatchObject({ code: "forbidden" });
});

test("labels that disagree are all shown, with the one that counts and those that say otherwise", async () => {
  const { db } = database;
  const { id } = await seedPayment(db, { id: "pay_conflict" });
  for (const [source, label, at] of [
    ["customer_report", "fraud", 3],
    ["manual", "legitimate", 2],
    ["chargeback", "fraud", 1],
  ] as const) {
    await recordLabel(ctx, { transactionId: id, label, source, occurredAt: minute(at) });
  }
  const { labels } = await getTransaction(ctx, id);
  expect(labels.map((row) => [row.source, row.isEffective, row.isConflicting])).toEqual([
    ["chargeback", true, false],
    ["manual", false, true],
    ["customer_report", false, false],
  ]);
});
