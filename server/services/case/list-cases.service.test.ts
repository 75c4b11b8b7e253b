import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { queueOrders } from "#server/domain/case-words.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { claimCase, countCases, ListCasesInput, listCases, openCurrencies, snoozeCase } from "./index.ts";
import { contextOf, paidAt, seedCase, seedUser } from "./testing/seed.ts";

const now = new Date("2026-11-20T12:00:00.000Z");
let database: TestDatabase;
let ada: ServiceContext;
const ids: string[] = [];

/** 23 cases: ties in every order, two without a score, one closed, one snoozed, one held by Bob. */
beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  ada = contextOf(db, await seedUser(db, "analyst", "Ada"), now);
  const bob = contextOf(db, await seedUser(db, "analyst", "Bob"), now);
  for (let i = 0; i < 20; i++) {
    const { id } = await seedCase(db, {
      expectedLossMinor: BigInt(1000 * (i % 7)),
      amountMinor: BigInt(500 * (i % 5)),
      score: i % 9 === 0 ? null : (i % 4) / 10 + 0.00123,
      openedAt: new Date(paidAt.getTime() + (i % 6) * 60_000),
      customerId: i < 3 ? "cus_find" : "cus_1",
      origin: i === 4 ? "model_unavailable" : "policy",
      currency: i === 5 ? "USD" : "EUR",
    });
    ids.push(id);
  }
  await seedCase(db, { status: "closed", disposition: "fraud", closedAt: now });
  const late = await seedCase(db);
  await snoozeCase(bob, { caseId: late.id, version: 1, until: new Date(now.getTime() + 3_600_000) });
  const { id } = await seedCase(db, { expectedLossMinor: 1n });
  await claimCase(bob, { caseId: id });
  ids.push(id);
});
afterAll(async () => {
  await database.drop();
});

const list = (input: Partial<ListCasesInput>) => listCases(ada, ListCasesInput.parse(input));

test.each(queueOrders)(
  "pages by %s show every open case once, in the order of one long page",
  async (order) => {
    const all = await list({ order, limit: 100 });
    expect(all.nextCursor).toBeNull();
    expect(all.rows.map((row) => row.id).sort()).toEqual([...ids].sort());
    const paged: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await list({ order, limit: 4, cursor });
      paged.push(...page.rows.map((row) => row.id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(paged).toEqual(all.rows.map((row) => row.id));
  },
);

test("the orders put the most urgent first, and what could not be scored before every score", async () => {
  const byLoss = (await list({ order: "expected_loss" })).rows.map((row) => Number(row.expectedLossMinor));
  expect(byLoss).toEqual([...byLoss].sort((a, b) => b - a));
  const byScore = (await list({ order: "score" })).rows.map((row) => row.score);
  expect(byScore.slice(0, 3)).toEqual([null, null, null]);
  const scored = byScore.slice(3).map(Number);
  expect(scored).toEqual([...scored].sort((a, b) => b - a));
  const byAge = (await list({ order: "age" })).rows.map((row) => row.openedAt);
  expect(byAge).toEqual([...byAge].sort());
});

test("the piles are apart: open, snoozed, closed", async () => {
  expect((await list({ pile: "snoozed" })).rows).toMatchObject([
    { snoozedUntil: "2026-11-20T13:00:00.000Z" },
  ]);
  expect((await list({ pile: "closed" })).rows).toMatchObject([{ disposition: "fraud" }]);
  expect((await list({ pile: "closed", disposition: "legitimate" })).rows).toEqual([]);
});

test("filters: holder, origin, least amount, and search by customer, number and transaction", async () => {
  expect((await list({ holder: "mine" })).rows).toEqual([]);
  expect((await list({ holder: "free" })).rows).toHaveLength(20);
  const [held] = (await list({ holder: null, search: null, limit: 100 })).rows.filter((row) => row.holder);
  expect((await list({ holder: held?.holder?.id })).rows.map((row) => row.id)).toEqual([held?.id]);
  expect((await list({ origin: "model_unavailable" })).rows.map((row) => row.id)).toEqual([ids[4]]);
  const large = (await list({ minAmountMinor: 2000 })).rows;
  expect(large.map((row) => row.amountMinor).sort()[0]).toBe(12_999);
  expect(large).toHaveLength(5);
  expect((await list({ search: "cus_fi" })).rows).toHaveLength(3);
  expect((await list({ search: `#${held?.number}` })).rows.map((row) => row.id)).toEqual([held?.id]);
  expect((await list({ search: held?.transactionId })).rows.map((row) => row.id)).toEqual([held?.id]);
});

test("counts tell the whole queue, what is mine, and what is at stake per currency", async () => {
  const counts = await countCases(ada, { pile: "open", search: "cus_find" });
  expect(counts).toMatchObject({ matching: 3, open: 21, mine: 0, snoozed: 1 });
  const sum = (await list({ limit: 100 })).rows.reduce(
    (total, row) => total + Number(row.expectedLossMinor),
    0,
  );
  expect(counts.atStake?.map((part) => part.currency)).toEqual(["EUR", "USD"]);
  expect(counts.atStake?.reduce((total, part) => total + part.expectedLossMinor, 0)).toBe(sum);
});

test("a cursor that is none is refused, and so is a caller with no right to read cases", async () => {
  await expect(list({ cursor: "gibberish" })).rejects.toMatchObject({ code: "invalid" });
  const actor = { kind: "api_key", id: "k", name: "shop", scopes: ["score", "label"] } as const;
  await expect(listCases({ ...ada, actor }, ListCasesInput.parse({}))).rejects.toMatchObject({
    code: "forbidden",
  });
});

test("filters of the desk: queue, tag, owner, escalated, score, due; mine is what I own or hold, once", async () => {
  const { db } = database;
  const me = ada.actor.kind === "user" ? ada.actor.id : "";
  const queue = await db.queue.create({ data: { name: "VIP", position: 1, routing: {}, createdAt: now } });
  const at = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);
  const set = (place: number, data: object) => db.case.update({ where: { id: ids[place] ?? "" }, data });
  await set(0, { queueId: queue.id, tags: ["mule", "vip"], dueAt: at(-5) });
  await set(1, { ownerId: me, escalatedAt: now, dueAt: at(30) });
  await set(2, { ownerId: me, assigneeId: me, claimedUntil: at(10), score: 0.99 });
  await set(3, { assigneeId: me, claimedUntil: at(10), dueAt: at(90) });
  await set(5, { assigneeId: me, claimedUntil: at(-1) });
  const found = async (input: Partial<ListCasesInput>): Promise<(string | undefined)[]> =>
    (await list({ limit: 100, ...input })).rows.map((row) => row.id).sort();
  const expected = (...places: number[]) => places.map((place) => ids[place]).sort();
  expect(await found({ queueId: queue.id })).toEqual(expected(0));
  expect(await found({ queueId: "none" })).toHaveLength(20);
  expect(await found({ tag: "mule" })).toEqual(expected(0));
  expect(await found({ tag: "mul" })).toEqual([]);
  expect(await found({ owner: "mine" })).toEqual(expected(1, 2));
  expect(await found({ holder: "mine" })).toEqual(expected(1, 2, 3));
  expect((await countCases(ada, { pile: "open" })).mine).toBe(3);
  expect(await found({ escalated: true })).toEqual(expected(1));
  expect(await found({ minScore: 0.9 })).toEqual(expected(2));
  expect(await found({ overdue: true })).toEqual(expected(0));
  expect(await found({ dueWithinMinutes: 60 })).toEqual(expected(0, 1));
  expect(await found({ holder: "free", owner: "none" })).not.toContain(ids[1]);
  for (const order of queueOrders) {
    const whole = (await list({ holder: "mine", order })).rows.map((row) => row.id);
    const first = await list({ holder: "mine", order, limit: 2 });
    const rest = await list({ holder: "mine", order, limit: 2, cursor: first.nextCursor });
    expect([...first.rows, ...rest.rows].map((row) => row.id)).toEqual(whole);
  }
});

test("an underscore in a search is an underscore", async () => {
  expect((await list({ search: "cus_fin" })).rows).toHaveLength(3);
  expect((await list({ search: "cusXfin" })).rows).toEqual([]);
  expect((await list({ search: "c_s_fin" })).rows).toEqual([]);
});

test("a masked case shows an analyst neither score nor loss nor origin, not even by its place; a lead sees all", async () => {
  const { db } = database;
  const masked = await seedCase(db, {
    masked: true,
    origin: "exploration",
    score: 0.95,
    expectedLossMinor: 7n,
    rankMinor: 1n,
  });
  const found = async (ctx: ServiceContext, input: Partial<ListCasesInput>) =>
    (await listCases(ctx, ListCasesInput.parse({ limit: 100, ...input }))).rows;
  const lead = contextOf(db, await seedUser(db, "lead"), now);
  const hidden = { score: null, topReason: null, expectedLossMinor: null, origin: "policy", masked: true };
  const byScore = await found(ada, { order: "score" });
  expect(byScore.at(-1)).toMatchObject({ id: masked.id, ...hidden });
  expect(await claimCase(ada, { caseId: masked.id })).toMatchObject(hidden);
  expect((await found(lead, { order: "score" })).map((row) => row.id).indexOf(masked.id)).toBeLessThan(6);
  expect(await found(lead, { origin: "exploration" })).toMatchObject([{ id: masked.id, score: 0.95 }]);
  expect(await found(ada, { origin: "exploration" })).toEqual([]);
  expect((await found(ada, { origin: "policy" })).map((row) => row.id)).toContain(masked.id);
  expect((await found(ada, { minScore: 0.9 })).map((row) => row.id)).not.toContain(masked.id);
  const [ours, theirs] = [await countCases(ada, { pile: "open" }), await countCases(lead, { pile: "open" })];
  const loss = ({ atStake }: typeof ours) =>
    atStake?.find((part) => part.currency === "EUR")?.expectedLossMinor;
  expect(Number(loss(theirs)) - Number(loss(ours))).toBe(7);
  // Pages by score meet the masked ones once, at the end.
  const paged: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await listCases(ada, ListCasesInput.parse({ order: "score", limit: 4, cursor }));
    paged.push(...page.rows.map((row) => row.id));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(paged).toEqual(byScore.map((row) => row.id));
  await db.case.update({ where: { id: masked.id }, data: { status: "closed", closedAt: now } });
  expect((await found(ada, { pile: "closed" })).find((row) => row.id === masked.id)?.score).toBe(0.95);
});

test("an amount is of the currency that is named, and the currencies are those of the open cases", async () => {
  const { db } = database;
  const yen = await seedCase(db, { currency: "JPY", amountMinor: 2_000n });
  await seedCase(db, { currency: "KWD", amountMinor: 2_500n, status: "closed" });
  const found = (await list({ currency: "JPY", minAmountMinor: 1_500, limit: 100 })).rows.map(
    (row) => row.id,
  );
  expect(found).toEqual([yen.id]);
  expect((await list({ currency: "JPY", minAmountMinor: 2_001 })).rows).toEqual([]);
  expect(await openCurrencies(ada)).toEqual(["EUR", "JPY", "USD"]);
});
