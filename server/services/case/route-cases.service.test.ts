import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { standInLossMinor } from "#server/domain/masking.ts";
import { defaultPolicy } from "#server/domain/policy.ts";
import { GENERAL_QUEUE_ID, type QueueRouting } from "#server/domain/queue.ts";
import { rerouteArchived, routeCases } from "./index.ts";
import { paidAt, seedCase, seedDecision, seedPayment, systemContext } from "./testing/seed.ts";

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await database.drop();
});

const now = new Date("2026-11-20T12:00:00.000Z");
const ctx = () => systemContext(database.db, now);
let positions = 0;

async function seedQueue(name: string, routing: QueueRouting, slaMinutes: number | null = null) {
  const position = ++positions;
  return database.db.queue.create({ data: { name, routing, slaMinutes, position, createdAt: paidAt } });
}

type Given = Parameters<typeof seedCase>[1] & {
  payment?: Parameters<typeof seedPayment>[1];
  decision?: Parameters<typeof seedDecision>[2];
};
let customers = 0;

/** A case of a customer of its own, so that it joins none. */
async function waiting({ payment, decision, ...fields }: Given = {}) {
  const { id: transactionId } = await seedPayment(database.db, payment);
  if (decision) await seedDecision(database.db, transactionId, decision);
  return seedCase(database.db, { transactionId, customerId: `cus_${++customers}`, ...fields });
}

async function queueOf(id: string): Promise<string | null> {
  const row = await database.db.case.findUniqueOrThrow({ where: { id }, include: { queue: true } });
  return row.queue?.name ?? null;
}

test("each case goes to the first queue that takes it, and to General where none does", async () => {
  await seedQueue("By rule", { ruleNames: ["Many cards"] });
  await seedQueue("Large", { minAmountMinor: 100_000, currencies: ["EUR"] });
  await seedQueue("Cash", { channels: ["atm"] });
  await seedQueue("Abroad", { countries: ["BR", "US"] });
  await seedQueue("Shop", { merchantIds: ["mer_9"], merchantCategories: ["5732"] });
  await seedQueue("Certain", { minScore: 0.9 });
  await seedQueue("Blind", { origins: ["model_unavailable"] });
  const hit = { id: "r", name: "Many cards", outcome: "review" };
  const shop = { merchantCategory: "5732" };
  const expected: [string, Given][] = [
    ["By rule", { amountMinor: 500_000n, decision: { rules: [hit] } }],
    ["General", { decision: { rules: [{ ...hit, monitored: true }] } }],
    ["Large", { amountMinor: 100_000n, payment: { channel: "atm" } }],
    ["Cash", { amountMinor: 100_000n, currency: "USD", payment: { channel: "atm", country: "US" } }],
    ["Abroad", { payment: { country: "US" } }],
    ["Shop", { merchantId: "mer_9", payment: shop, score: 0.95 }],
    ["Certain", { payment: shop, score: 0.9 }],
    ["Blind", { origin: "model_unavailable", score: null }],
    ["Certain", { masked: true, score: 0.1, origin: "exploration" }],
    ["General", {}],
  ];
  const ids: string[] = [];
  for (const [, given] of expected) ids.push((await waiting(given)).id);
  expect(await routeCases(ctx(), 500)).toEqual({ routed: expected.length, joined: 0 });
  expect(await Promise.all(ids.map(queueOf))).toEqual(expected.map(([name]) => name));
});

test("a routed case has its queue, its promised time, its card and a line that says so; the version stays", async () => {
  const queue = await seedQueue("Fast", {}, 90);
  const { id } = await waiting({ payment: { cardToken: "card_1" } });
  await routeCases(ctx(), 500);
  const row = await database.db.case.findUniqueOrThrow({ where: { id }, include: { events: true } });
  expect(row).toMatchObject({
    queueId: queue.id,
    routedAt: now,
    cardToken: "card_1",
    version: 1,
    rankMinor: 9000n,
  });
  expect(row.dueAt).toEqual(new Date(paidAt.getTime() + 90 * 60_000));
  expect(row.events).toMatchObject([
    { kind: "routed", at: now, actorId: null, body: { queueId: queue.id, queue: "Fast" } },
  ]);
  expect(await routeCases(ctx(), 500)).toEqual({ routed: 0, joined: 0 });
});

test("General promises nothing until it is told to", async () => {
  const { id } = await waiting();
  await routeCases(ctx(), 500);
  const row = await database.db.case.findUniqueOrThrow({ where: { id } });
  expect(row).toMatchObject({ queueId: GENERAL_QUEUE_ID, dueAt: null });
});

test("a masked case ranks by the stand-in of its amount, unless it came with one", async () => {
  const bare = await waiting({ masked: true, amountMinor: 999n, expectedLossMinor: 70_000n });
  const stoodIn = await waiting({
    masked: true,
    amountMinor: 999n,
    expectedLossMinor: 70_000n,
    rankMinor: 300n,
  });
  await routeCases(ctx(), 500);
  const rank = async (id: string) => (await database.db.case.findUniqueOrThrow({ where: { id } })).rankMinor;
  expect(await rank(bare.id)).toBe(BigInt(standInLossMinor(999, defaultPolicy.cost)));
  expect(await rank(stoodIn.id)).toBe(300n);
});

test("closed cases are not routed, and a batch takes the oldest first", async () => {
  await waiting({ status: "closed" });
  const second = await waiting({ openedAt: new Date(paidAt.getTime() + 1000) });
  const first = await waiting({ openedAt: paidAt });
  expect(await routeCases(ctx(), 1)).toEqual({ routed: 1, joined: 0 });
  expect([await queueOf(first.id), await queueOf(second.id)]).toEqual(["General", null]);
});

test("a worker killed in between leaves nothing half done", async () => {
  const { db } = database;
  for (let i = 0; i < 3; i++) await waiting({ customerId: "cus_same" });
  const killed = new Error("killed");
  const inner = db.$transaction.bind(db);
  const dying = new Proxy(db, {
    get: (target, key) =>
      key === "$transaction"
        ? (work: (tx: unknown) => Promise<unknown>) =>
            inner(async (tx) => {
              await work(tx);
              throw killed;
            })
        : Reflect.get(target, key),
  });
  await expect(routeCases({ ...ctx(), db: dying }, 500)).rejects.toBe(killed);
  expect(await db.case.count({ where: { routedAt: null, status: "open", version: 1 } })).toBe(3);
  expect(await db.caseEvent.count()).toBe(0);
  expect(await db.auditEvent.count()).toBe(0);
  expect(await routeCases(ctx(), 500)).toEqual({ routed: 1, joined: 2 });
});

test("two workers at once route every case once", async () => {
  for (let i = 0; i < 60; i++) await waiting();
  const worker = async (): Promise<void> => {
    while ((await database.db.case.count({ where: { routedAt: null } })) > 0) await routeCases(ctx(), 7);
  };
  await Promise.all([worker(), worker()]);
  expect(await database.db.caseEvent.count({ where: { kind: "routed" } })).toBe(60);
});

test("open cases of an archived queue are routed again, closed ones stay where they were", async () => {
  const queue = await seedQueue("Old", {}, 30);
  const open = await waiting();
  const closed = await waiting({ status: "closed", queueId: queue.id, routedAt: paidAt });
  await routeCases(ctx(), 500);
  await database.db.queue.update({ where: { id: queue.id }, data: { archivedAt: now } });
  expect(await rerouteArchived(ctx(), 500)).toBe(1);
  await routeCases(ctx(), 500);
  expect([await queueOf(open.id), await queueOf(closed.id)]).toEqual(["General", "Old"]);
  const row = await database.db.case.findUniqueOrThrow({ where: { id: open.id } });
  expect(row.dueAt).toBeNull();
  expect(await rerouteArchived(ctx(), 500)).toBe(0);
});
