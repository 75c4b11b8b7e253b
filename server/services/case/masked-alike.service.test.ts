import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { caseOrigins, queueOrders } from "#server/domain/case-words.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { countCases, getCase, ListCasesInput, listCases, QueueFilter } from "./index.ts";
import { contextOf, seedCase, seedDecision, seedPayment, seedUser } from "./testing/seed.ts";

const now = new Date("2026-11-20T12:00:00.000Z");
let database: TestDatabase;
let ada: ServiceContext;
let lea: ServiceContext;
const alike: { ordinary: string; random: string; active: string } = { ordinary: "", random: "", active: "" };

/** Three masked cases, alike but for why they were opened and what the model thinks of them, and a plain one. */
beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  ada = contextOf(db, await seedUser(db, "analyst", "Ada"), now);
  lea = contextOf(db, await seedUser(db, "lead", "Lea"), now);
  const reasons = { ordinary: null, random: "approve_to_review", active: "active_learning" } as const;
  for (const name of ["ordinary", "random", "active"] as const) {
    const { id: transactionId } = await seedPayment(db, { customerId: `cus_${name}` });
    const exploration = reasons[name];
    await seedDecision(db, transactionId, { exploration, propensity: exploration === null ? 1 : 0.02 });
    const masked = { masked: true, rankMinor: 4_650n, customerId: `cus_${name}`, transactionId };
    const opinion =
      exploration === null
        ? { origin: "policy", score: 0.6, expectedLossMinor: 9_000n }
        : { origin: "exploration", score: 0.01, expectedLossMinor: 90n, topReason: null };
    alike[name] = (await seedCase(db, { ...masked, ...opinion })).id;
  }
  await seedCase(db, { customerId: "cus_plain" });
});
afterAll(() => database.drop());

const named = Object.keys(alike);
const filters: Partial<QueueFilter>[] = [
  {},
  ...caseOrigins.map((origin) => ({ origin })),
  { explored: "random" },
  { explored: "active" },
  { pile: "closed", explored: "active" },
  { minScore: 0.005 },
  { minScore: 0.3 },
  { currency: "EUR", minAmountMinor: 12_999 },
  { currency: "USD" },
  { holder: "free" },
  { queueId: "none" },
  { search: "cus_" },
];

test.each(filters)(
  "no filter and no order tells an analyst which masked case was explored: %o",
  async (filter) => {
    for (const order of queueOrders) {
      const { rows } = await listCases(ada, ListCasesInput.parse({ ...filter, order }));
      const masked = rows.filter((row) => row.masked);
      expect([0, 3]).toContain(masked.length);
      const seen = masked.map(({ id, number, transactionId, customerId, ...rest }) => rest);
      for (const row of seen) expect(row).toEqual(seen[0]);
      expect(masked.map((row) => row.id)).toEqual(masked.map((row) => row.id).toSorted());
    }
    const { matching } = await countCases(ada, QueueFilter.parse(filter));
    const { rows } = await listCases(ada, ListCasesInput.parse(filter));
    expect(matching).toBe(rows.length);
  },
);

test("their pages say the same too", async () => {
  const [first, ...others] = await Promise.all(
    Object.values(alike).map(async (caseId) => {
      const { score, origin, expectedLossMinor, topReason, decision, rankMinor, hidden } = await getCase(
        ada,
        { caseId },
      );
      return { score, origin, expectedLossMinor, topReason, rankMinor, hidden, reasons: decision?.reasons };
    }),
  );
  for (const other of others) expect(other).toEqual(first);
  expect(named).toHaveLength(3);
});

test("a lead finds what was opened to learn from, each kind by itself", async () => {
  const found = async (explored: "random" | "active") =>
    (await listCases(lea, ListCasesInput.parse({ explored }))).rows.map((row) => row.id);
  expect(await found("random")).toEqual([alike.random]);
  expect(await found("active")).toEqual([alike.active]);
});
