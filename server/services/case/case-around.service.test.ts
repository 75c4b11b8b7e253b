import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { recordLabel } from "#server/services/label/index.ts";
import { linkedEntities, linkedPayments, paymentPoints, similarCases } from "./index.ts";
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
afterAll(() => database.drop());

async function analyst() {
  return contextOf(database.db, await seedUser(database.db, "analyst", "Ada"), now);
}

async function markFraud(transactionId: string): Promise<void> {
  const label = { label: "fraud", source: "chargeback", occurredAt: paidAt } as const;
  await recordLabel(systemContext(database.db, now), { transactionId, ...label });
}

/** A case of cus_l1 whose card and device others used too, with a joined case. */
async function linkedCase() {
  const { db } = database;
  const shared = { cardToken: "card_l", deviceId: "dev_l", merchantId: "mer_l" };
  const { id: fraud } = await seedPayment(db, { ...shared, customerId: "cus_l2", occurredAt: daysBefore(1) });
  await markFraud(fraud);
  const device = await seedPayment(db, {
    deviceId: "dev_l",
    customerId: "cus_l3",
    occurredAt: daysBefore(-1),
  });
  await seedPayment(db, { deviceId: "dev_l", customerId: "cus_l4", occurredAt: daysBefore(100) });
  const { id: transactionId } = await seedPayment(db, { ...shared, customerId: "cus_l1" });
  const root = await seedCase(db, { transactionId, customerId: "cus_l1" });
  const second = await seedPayment(db, { ...shared, customerId: "cus_l1", occurredAt: daysBefore(0.1) });
  const joined = await seedCase(db, { transactionId: second.id, status: "joined", joinedToId: root.id });
  return { root, joined, fraud, device: device.id };
}

test("entities tell the other payments of 90 days, their customers, cards and frauds", async () => {
  const { root } = await linkedCase();
  const { entities } = await linkedEntities(await analyst(), { caseId: root.id });
  const counts = entities.map(({ kind, value, payments, customers, cards, frauds }) => [
    `${kind} ${value}`,
    payments,
    customers,
    cards,
    frauds,
  ]);
  expect(counts).toEqual([
    ["card card_l", 1, 1, 1, 1],
    ["device dev_l", 2, 2, 1, 1],
    ["customer cus_l1", 0, 0, 0, 0],
    ["merchant mer_l", 1, 1, 1, 1],
  ]);
  expect(entities[1]?.others).toEqual([
    { customerId: "cus_l2", payments: 1, frauds: 1 },
    { customerId: "cus_l3", payments: 1, frauds: 0 },
  ]);
  expect(entities[3]?.others).toEqual([]);
});

test("linked payments leave out the case's own, tell what they share, and put those that share most first", async () => {
  const { db } = database;
  await db.$executeRaw`truncate transaction cascade`;
  const { root, fraud, device } = await linkedCase();
  const rows = await linkedPayments(await analyst(), { caseId: root.id });
  expect(rows.map((row) => [row.transactionId, row.shares, row.label])).toEqual([
    [fraud, ["card", "device"], "fraud"],
    [device, ["device"], null],
  ]);
});

test("points are of the case's currency and customer, with the case's own marked", async () => {
  const { db } = database;
  const customerId = "cus_points";
  const early = await seedPayment(db, { customerId, occurredAt: daysBefore(89), amountMinor: 500n });
  await markFraud(early.id);
  await seedPayment(db, { customerId, occurredAt: daysBefore(91) });
  await seedPayment(db, { customerId, currency: "USD" });
  const { id: transactionId } = await seedPayment(db, { customerId });
  await seedDecision(db, transactionId);
  const { id } = await seedCase(db, { transactionId, customerId });
  const { points, currency, capped } = await paymentPoints(await analyst(), { caseId: id, of: "customer" });
  expect({ currency, capped }).toEqual({ currency: "EUR", capped: false });
  expect(points).toEqual([
    {
      id: early.id,
      at: daysBefore(89).toISOString(),
      amountMinor: 500,
      outcome: null,
      label: "fraud",
      isOwn: false,
    },
    {
      id: transactionId,
      at: paidAt.toISOString(),
      amountMinor: 12_999,
      outcome: "review",
      label: null,
      isOwn: true,
    },
  ]);
});

test("similar cases are closed ones of the same category, most alike first, with how they ended", async () => {
  const { db } = database;
  const reasonsOf = (...codes: string[]) => codes.map((code) => ({ code, text: code, contribution: 1 }));
  const make = async (amountMinor: bigint, codes: string[], fields = {}) => {
    const { id: transactionId } = await seedPayment(db, { merchantCategory: "5732", amountMinor });
    await seedDecision(db, transactionId, { reasons: reasonsOf(...codes) });
    return seedCase(db, { transactionId, amountMinor, ...fields });
  };
  const ended = { status: "closed", disposition: "legitimate", closedAt: paidAt };
  const far = await make(100n, ["b"], ended);
  const near = await make(12_000n, ["a", "b"], { ...ended, disposition: "not_sure" });
  await markFraud(near.transactionId);
  const elsewhere = await seedPayment(db, { merchantCategory: "6011" });
  await seedCase(db, { transactionId: elsewhere.id, ...ended });
  await make(12_000n, ["a"]);
  const { id, transactionId } = await make(12_999n, ["a"]);
  const ada = await analyst();
  const { rows, basis, compared } = await similarCases(ada, { caseId: id });
  expect({ basis, compared }).toEqual({ basis: { of: "merchant category", value: "5732" }, compared: 2 });
  expect(rows.map((row) => [row.caseId, row.shared, row.disposition, row.label])).toEqual([
    [near.id, ["a"], "not_sure", "fraud"],
    [far.id, [], "legitimate", null],
  ]);
  await db.case.update({ where: { transactionId }, data: { masked: true } });
  const blind = await similarCases(ada, { caseId: id });
  expect(blind.rows.map((row) => row.shared)).toEqual([null, null]);
});

test("what surrounds a case needs its own permission, and a case", async () => {
  const key = { kind: "api_key", id: "k", name: "k", scopes: ["score"] } as const;
  const ctx = { ...(await analyst()), actor: key };
  const ref = { caseId: "nowhere" };
  for (const verb of [linkedEntities, linkedPayments, similarCases]) {
    await expect(verb(ctx, ref)).rejects.toMatchObject({ code: "forbidden" });
    await expect(verb(await analyst(), ref)).rejects.toMatchObject({ code: "not_found" });
  }
});
