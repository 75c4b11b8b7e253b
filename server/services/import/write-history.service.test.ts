import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { PaymentEvent } from "#ml/features/payment-event.ts";
import { payment } from "#ml/features/testing/payment.ts";
import { openPool } from "#server/db/pool.ts";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { lockLabelOrder } from "#server/services/label/label-order.ts";
import { writeHistoricalLabels, writePayments } from "./write-history.ts";

let database: TestDatabase;
let pool: ReturnType<typeof openPool>;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = openPool(database.url, 2);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const paid = (id: string, occurredAtMs: number): PaymentEvent =>
  payment({
    id,
    occurredAtMs,
    amountMinor: 1299,
    channel: "ecommerce",
    latitude: 52.5,
    attributes: { v1: -1.36, gift: true },
  });

test("payments arrive in the order given, and a second time they are left as they are", async () => {
  const payments = [paid("pay_b", 2_000), paid("pay_a", 1_000), paid("pay_c", 3_000)];
  expect(await writePayments(pool, payments, "import")).toBe(3);
  expect(await writePayments(pool, payments, "import")).toBe(0);
  const rows = await database.db.transaction.findMany({ orderBy: { seq: "asc" } });
  expect(rows.map((row) => row.id)).toEqual(["pay_b", "pay_a", "pay_c"]);
  expect(rows[0]).toMatchObject({
    amountMinor: 1299n,
    latitude: 52.5,
    attributes: { v1: -1.36, gift: true },
  });
});

test("a label of history becomes effective, never twice, and never over a label that was there", async () => {
  const chargeback = {
    transactionId: "pay_a",
    label: "fraud",
    source: "chargeback",
    occurredAtMs: 1_000,
    recordedAtMs: 9_000,
  } as const;
  expect(await writeHistoricalLabels(pool, [chargeback])).toBe(1);
  expect(await writeHistoricalLabels(pool, [chargeback])).toBe(0);
  expect(await writeHistoricalLabels(pool, [{ ...chargeback, label: "legitimate", source: "import" }])).toBe(
    1,
  );
  const effective = await database.db.effectiveLabel.findMany();
  expect(effective).toMatchObject([{ transactionId: "pay_a", label: "fraud", occurredAt: new Date(1_000) }]);
});

test("a label of an unknown payment is skipped", async () => {
  const stray = {
    transactionId: "pay_x",
    label: "fraud",
    source: "import",
    occurredAtMs: 0,
    recordedAtMs: 1,
  } as const;
  expect(await writeHistoricalLabels(pool, [stray])).toBe(0);
});

test("a label of history waits for the writer before it, so that no follower of the sequence misses one", async () => {
  await writePayments(
    pool,
    [payment({ id: "pay_first", occurredAtMs: 5_000 }), payment({ id: "pay_second", occurredAtMs: 6_000 })],
    "import",
  );
  const chargeback = (transactionId: string, occurredAtMs: number) =>
    ({ transactionId, label: "fraud", source: "chargeback", occurredAtMs, recordedAtMs: 9_000 }) as const;
  let waiting: Promise<number> = Promise.resolve(0);
  const first = await database.db.$transaction(async (tx) => {
    await lockLabelOrder(tx);
    waiting = writeHistoricalLabels(pool, [chargeback("pay_second", 6_000)]);
    const still = await Promise.race([waiting.then(() => "written"), sleep(200).then(() => "waiting")]);
    expect(still).toBe("waiting");
    const { label, source } = chargeback("pay_first", 5_000);
    const row = {
      transactionId: "pay_first",
      label,
      source,
      occurredAt: new Date(5_000),
      recordedAt: new Date(9_000),
    };
    return tx.label.create({ data: { ...row, actorKind: "system" } });
  });
  expect(await waiting).toBe(1);
  const second = await database.db.label.findFirstOrThrow({ where: { transactionId: "pay_second" } });
  expect(second.seq).toBeGreaterThan(first.seq);
});
