import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { systemContext } from "#server/services/case/testing/seed.ts";
import { type ListTransactionsInput, listTransactions } from "./index.ts";
import type { TransactionPage } from "./list-transactions.ts";

const now = new Date("2026-11-20T12:00:00.000Z");
const PAYMENTS = 45_000;
let database: TestDatabase;

/** One payment in each ten thousand is in yen, the oldest among them; equal times come in pairs. */
beforeAll(async () => {
  database = await createTestDatabase();
  await database.db.$executeRaw`
    insert into transaction (id, occurred_at, amount_minor, currency, customer_id, merchant_id, attributes, request_hash)
    select 'pay_' || n, ${now}::timestamptz - (n / 2) * interval '1 second', 100,
      case when n % 10000 = 9000 or n = ${PAYMENTS - 1}::int then 'JPY' else 'EUR' end, 'cus_1', 'mer_1', '{}', '\\x'::bytea
    from generate_series(0, ${PAYMENTS - 1}::int) as n`;
});
afterAll(() => database.drop());

const list = (input: ListTransactionsInput): Promise<TransactionPage> =>
  listTransactions(systemContext(database.db, now), input);

test("a filter that hardly anything matches stops after a while and says how far it looked", async () => {
  const first = await list({ currency: "JPY" });
  expect(first.rows.map(({ id }) => id)).toEqual(["pay_9000", "pay_19000"]);
  expect(first.lookedTo).toBe(new Date(now.getTime() - 9_999_000).toISOString());
  expect(first.next?.occurredAt).toBe(first.lookedTo);
});

test("going on from there finds the rest, each once, and ends", async () => {
  const found: string[] = [];
  let after: TransactionPage["next"] = null;
  let pages = 0;
  do {
    const page = await list({ currency: "JPY", limit: 1, after });
    found.push(...page.rows.map(({ id }) => id));
    after = page.next;
    pages++;
  } while (after !== null);
  expect(found).toEqual(["pay_9000", "pay_19000", "pay_29000", "pay_39000", `pay_${PAYMENTS - 1}`]);
  expect(pages).toBeLessThan(10);
});

test("a page that fills itself tells nothing of looking, and days bound the looking", async () => {
  expect(await list({ currency: "EUR" })).toMatchObject({ lookedTo: null });
  expect(await list({ currency: "USD", fromDay: "2026-11-20", toDay: "2026-11-20" })).toMatchObject({
    rows: [],
  });
  expect(await list({ currency: "USD", toDay: "2026-11-01" })).toEqual({
    rows: [],
    next: null,
    lookedTo: null,
  });
});
