import { Prisma } from "#server/db/generated/client.ts";
import { DAY_MS } from "#server/domain/day.ts";
import type { TransactionCursor, TransactionFilter } from "./transaction-filter.ts";

/**
 * Which table's time index the list walks. All three carry the payment's time; walking the one that the rarest
 * condition belongs to means reading only rows that match it.
 */
export type Driver = { readonly time: Prisma.Sql; readonly id: Prisma.Sql };

export function driverOf(filter: TransactionFilter): Driver {
  const hasLabel = filter.label === "fraud" || filter.label === "legitimate";
  if (filter.label === "fraud") return drivers.label;
  if (filter.outcome && filter.outcome !== "approve") return drivers.decision;
  if (hasLabel && filter.outcome) return drivers.label;
  return drivers.transaction;
}

const drivers = {
  transaction: { time: Prisma.sql`t.occurred_at`, id: Prisma.sql`t.id` },
  decision: { time: Prisma.sql`d.occurred_at`, id: Prisma.sql`d.transaction_id` },
  label: { time: Prisma.sql`e.occurred_at`, id: Prisma.sql`e.transaction_id` },
} as const satisfies Record<string, Driver>;

/** The filter as conditions on transaction t, decision d and effective label e. */
export function conditionsOf(filter: TransactionFilter, driver: Driver): Prisma.Sql[] {
  const { outcome, label, minAmountMinor, maxAmountMinor, currency, channel, origin, fromDay, toDay } =
    filter;
  const conditions: Prisma.Sql[] = [];
  if (outcome) conditions.push(Prisma.sql`d.outcome = ${outcome}`);
  if (label === "none") conditions.push(Prisma.sql`e.transaction_id is null`);
  else if (label) conditions.push(Prisma.sql`e.label = ${label}`);
  if (minAmountMinor != null) conditions.push(Prisma.sql`t.amount_minor >= ${minAmountMinor}`);
  if (maxAmountMinor != null) conditions.push(Prisma.sql`t.amount_minor <= ${maxAmountMinor}`);
  if (currency) conditions.push(Prisma.sql`t.currency = ${currency}`);
  if (channel) conditions.push(Prisma.sql`t.channel = ${channel}`);
  if (origin) conditions.push(Prisma.sql`t.origin = ${origin}`);
  if (fromDay) conditions.push(Prisma.sql`${driver.time} >= ${new Date(fromDay)}`);
  if (toDay) conditions.push(Prisma.sql`${driver.time} < ${new Date(Date.parse(toDay) + DAY_MS)}`);
  return conditions;
}

/** Newest first, equal times by id: what follows the cursor, in a shape that an index on time can start from. */
export function afterCursor(cursor: TransactionCursor, { time, id }: Driver): Prisma.Sql {
  const at = new Date(cursor.occurredAt);
  return Prisma.sql`(${time} <= ${at} and (${time} < ${at} or ${id} > ${cursor.id}))`;
}
