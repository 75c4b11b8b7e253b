import { afterAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#server/db/testing/test-database.ts";
import { inTransaction } from "#server/services/context.ts";
import { seedPayment, systemContext } from "../case/testing/seed.ts";
import { countLabelDelays, recordLabel } from "./index.ts";
import { lockLabelOrder } from "./label-order.ts";
import { addVerdictLabels, withdrawVerdictLabels } from "./verdict-labels.ts";

const paid = new Date("2026-11-01T23:00:00.000Z");
const after = (days: number): Date => new Date(paid.getTime() + days * 86_400_000);
let database: TestDatabase | undefined;
beforeEach(async () => {
  await database?.drop();
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

function db(): TestDatabase["db"] {
  if (database === undefined) throw new Error("no database");
  return database.db;
}

async function chargeback(days: number): Promise<void> {
  const { id } = await seedPayment(db(), { occurredAt: paid });
  const ctx = systemContext(db(), after(days));
  const label = { transactionId: id, label: "fraud", source: "chargeback", occurredAt: after(days) } as const;
  await recordLabel(ctx, label);
}

const counts = async (): Promise<[string, string, number, number][]> =>
  (await db().labelDelayDay.findMany({ orderBy: { delayDays: "asc" } })).map((row) => [
    row.day.toISOString().slice(0, 10),
    row.source,
    row.delayDays,
    row.labels,
  ]);

test("labels are counted once by whole days since the payment, in batches, whoever counts", async () => {
  for (const days of [0, 0.99, 1, 12.5, 12.2]) await chargeback(days);
  const now = after(20);
  expect(await countLabelDelays(db(), now, 2)).toBe(5);
  expect(await countLabelDelays(db(), now, 2)).toBe(0);
  const expected = [
    ["2026-11-01", "chargeback", 0, 2],
    ["2026-11-01", "chargeback", 1, 1],
    ["2026-11-01", "chargeback", 12, 2],
  ];
  expect(await counts()).toEqual(expected);
  await chargeback(12);
  await Promise.all([1, 2, 3].map(() => countLabelDelays(db(), now)));
  expect((await counts()).at(-1)?.[3]).toBe(3);
});

/** A verdict on a payment of its own, and how to take it back. */
async function verdict(): Promise<() => Promise<void>> {
  const { id } = await seedPayment(db(), { occurredAt: paid });
  const at = after(2);
  const ctx = systemContext(db(), at);
  const given = { transactionIds: [id], at };
  await inTransaction(ctx, async (tx) => {
    await lockLabelOrder(tx);
    await addVerdictLabels(tx, ctx, { ...given, label: "legitimate", note: null });
  });
  return () =>
    inTransaction(ctx, async (tx) => {
      await lockLabelOrder(tx);
      await withdrawVerdictLabels(tx, ctx, given);
    });
}

test("a label taken back before or after it was counted is not in the counts", async () => {
  const [before, later] = [await verdict(), await verdict()];
  await before();
  await countLabelDelays(db(), after(3));
  expect(await counts()).toEqual([["2026-11-01", "analyst", 2, 1]]);
  await later();
  await countLabelDelays(db(), after(3));
  expect(await counts()).toEqual([["2026-11-01", "analyst", 2, 0]]);
});

test("taking back while counting never counts twice or below nothing", async () => {
  const undos = await Promise.all(Array.from({ length: 12 }, verdict));
  await Promise.all([
    ...undos.map((undo) => undo()),
    countLabelDelays(db(), after(3), 3),
    countLabelDelays(db(), after(3), 3),
  ]);
  await countLabelDelays(db(), after(3));
  expect((await counts()).reduce((sum, row) => sum + row[3], 0)).toBe(0);
});

test("taking back waits for the very first count, which may have counted the label", async () => {
  const undo = await verdict();
  const events: string[] = [];
  const undone = await db().$transaction(async (tx) => {
    await tx.jobCursor.create({ data: { name: "label_delays", seq: 0, updatedAt: after(3) } });
    const waiting = undo().then(() => events.push("taken back"));
    await new Promise((passed) => setTimeout(passed, 300));
    events.push("counted");
    return { waiting };
  });
  await undone.waiting;
  expect(events).toEqual(["counted", "taken back"]);
});
