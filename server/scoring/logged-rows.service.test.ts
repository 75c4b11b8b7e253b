import { afterAll, beforeAll, expect, test } from "vitest";
import { defaultFeatureSet, withAttributes } from "#ml/features/default-set.ts";
import { PaymentRows } from "#ml/features/payment-rows.ts";
import { type CopiedRows, copyOut } from "#server/db/copy-out.ts";
import { type LoggedPaymentRow, loggedPayment, selectLoggedPayments } from "#server/db/logged-payment.ts";
import { openPool } from "#server/db/pool.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { LoggedRows, loggedRowsQuery } from "./logged-rows.ts";

const set = withAttributes(defaultFeatureSet, ["avs", { name: "kind", kind: "category" }]);
const ROWS = 40;
let database: TestDatabase;
let pool: ReturnType<typeof openPool>;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = openPool(database.url, 2);
  await pool.query(`
    insert into transaction (id, occurred_at, amount_minor, currency, customer_id, merchant_id, card_token, device_id,
      ip, merchant_category, channel, country, latitude, longitude, attributes, request_hash)
    select 'pay_' || i, timestamptz '1999-12-31T23:59:50.123Z' + i * interval '7 days', i * 1000000000000, 'EUR',
      case when i % 3 = 0 then 'cus_é' || i else 'cus_' || i end, 'mer_' || i % 4, nullif('card_' || i % 2, 'card_0'),
      case when i % 5 = 0 then 'dev_☃' end, case when i % 2 = 0 then '203.0.113.9' end,
      case when i % 7 < 5 then (5000 + i % 7)::text end, nullif('ecommerce', repeat('x', i)),
      case when i % 3 < 2 then 'DE' end, case when i % 4 > 0 then -12.5 + i end, case when i % 4 <> 1 then 1e-9 * i end,
      case when i % 2 = 0 then '{}' else jsonb_build_object('avs', i / 8.0, 'kind', 'ü' || i % 3, 'flag', true) end, ''
    from generate_series(1, ${ROWS}) i`);
  await pool.query(
    `insert into policy_version (id, status, body, created_at) values ('p', 'draft', '{}', now())`,
  );
  await pool.query(`
    insert into decision (transaction_id, occurred_at, scored_at, outcome, policy_version_id, feature_set_version,
      features, label_cursor, reasons, propensity, expected_loss_minor, amount_minor, currency, response, origin)
    select id, occurred_at, occurred_at, 'approve', 'p', 'x', '', case when seq % 3 > 0 then seq * 3 end, '[]', 0, 0, 0,
      'EUR', '', case when seq % 5 > 0 then 'live' else 'backfill' end
    from transaction where seq % 4 > 0`);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const copied = (afterSeq: number, toSeq: number, limit: number, attributes = true): Promise<CopiedRows> =>
  copyOut(pool, loggedRowsQuery({ afterSeq, toSeq }, limit, { attributes }), limit);

test("copied rows hold what the log's objects hold, and give an engine the same rows", async () => {
  const text = `${selectLoggedPayments(["d.transaction_id is not null"], { attributes: true })} order by t.seq`;
  const objects = await pool.query<[...LoggedPaymentRow, decided: boolean]>({ text, rowMode: "array" });
  const logged = new LoggedRows(await copied(0, 1e9, 100));
  expect(logged.count).toBe(ROWS);
  const [fromBytes, fromObjects] = [new PaymentRows(set, ROWS), new PaymentRows(set, ROWS)];
  objects.rows.forEach((row, i) => {
    const event = loggedPayment(row);
    expect(logged.event(i)).toEqual(event);
    expect([logged.seq(i), logged.isDecided(i)]).toEqual([i + 1, row[16]]);
    logged.copyTo(fromBytes, i, i);
    fromObjects.set(i, event);
  });
  expect(fromBytes.cells).toEqual(fromObjects.cells);
  expect(fromBytes.present).toEqual(fromObjects.present);
  const known = (rows: PaymentRows): number[] =>
    [...rows.halves].map((half, i) => (rows.present[i >> 1] === 1 ? half : 0));
  expect(known(fromBytes)).toEqual(known(fromObjects));
});

test("a range ends where it should, and attributes can be left out", async () => {
  const few = new LoggedRows(await copied(5, 9, 100, false));
  expect([few.count, few.seq(0), few.seq(3)]).toEqual([4, 6, 9]);
  expect(few.event(1).attributes).toEqual({});
  expect((await copied(5, 100, 3)).count).toBe(3);
  expect((await copied(ROWS, 1e9, 100)).count).toBe(0);
});

test("a query that fails, or takes too long, fails the copy and not the pool", async () => {
  await expect(copyOut(pool, "select 1 / 0", 1)).rejects.toThrow("division by zero");
  const hasty = openPool(database.url, 1, () => {}, 200);
  await expect(copyOut(hasty, "select pg_sleep(3)", 1)).rejects.toThrow("timeout");
  expect((await copyOut(hasty, "select 1", 1)).count).toBe(1);
  await hasty.end();
  expect((await copyOut(pool, "select repeat('x', 3000000) from generate_series(1, 3)", 3)).count).toBe(3);
});
