import { Prisma } from "#server/db/generated/client.ts";
import { DAY_MS } from "#server/domain/day.ts";
import type { TransactionCursor, TransactionFilter } from "./transaction-filter.ts";

/**
 * Which table's time index the list walks. All three carry the payment's time; walking the one that the rarest
 * condition belongs to means reading only rows that match it.
 */
export type Driver = {
  readonly table: Prisma.Sql;
  readonly time: Prisma.Sql;
  readonly id: Prisma.Sql;
  /** what of the filter its index begins with */
  readonly indexed: (filter: TransactionFilter) => Prisma.Sql[];
  /** payments looked through for one page: few at first, since most filters fill it from them */
  readonly stretches: readonly number[];
};

/** Payments that follow each other lie together; those of an outcome or a label are each read from another place. */
const NEAR = [1_000, 19_000];
const APART = [1_000, 2_000];

export function driverOf(filter: TransactionFilter): Driver {
  const hasLabel = filter.label === "fraud" || filter.label === "legitimate";
  if (filter.label === "fraud") return drivers.label;
  if (filter.outcome && filter.outcome !== "approve") return drivers.decision;
  return hasLabel ? drivers.label : drivers.transaction;
}

const drivers = {
  transaction: {
    table: Prisma.sql`transaction t`,
    time: Prisma.sql`t.occurred_at`,
    id: Prisma.sql`t.id`,
    indexed: () => [],
    stretches: NEAR,
  },
  decision: {
    table: Prisma.sql`decision d`,
    time: Prisma.sql`d.occurred_at`,
    id: Prisma.sql`d.transaction_id`,
    indexed: ({ outcome }) => [Prisma.sql`d.outcome = ${outcome}`],
    stretches: APART,
  },
  label: {
    table: Prisma.sql`effective_label e`,
    time: Prisma.sql`e.occurred_at`,
    id: Prisma.sql`e.transaction_id`,
    indexed: ({ label }) => [Prisma.sql`e.label = ${label}`],
    stretches: APART,
  },
} as const satisfies Record<string, Driver>;

/** Whether the filter asks for something that no index finds, so that the list has to look through other payments. */
export function isLookedFor({ outcome, label, currency, channel, origin }: TransactionFilter): boolean {
  return Boolean(
    currency || channel || origin || label === "none" || outcome === "approve" || (outcome && label),
  );
}

/** The filter as conditions on transaction t, decision d and effective label e. */
export function conditionsOf(filter: TransactionFilter, driver: Driver): Prisma.Sql[] {
  const { outcome, label, minAmountMinor, maxAmountMinor, currency, channel, origin } = filter;
  const conditions: Prisma.Sql[] = [];
  if (outcome) conditions.push(Prisma.sql`d.outcome = ${outcome}`);
  if (label === "none") conditions.push(Prisma.sql`e.transaction_id is null`);
  else if (label) conditions.push(Prisma.sql`e.label = ${label}`);
  if (minAmountMinor != null) conditions.push(Prisma.sql`t.amount_minor >= ${minAmountMinor}`);
  if (maxAmountMinor != null) conditions.push(Prisma.sql`t.amount_minor <= ${maxAmountMinor}`);
  if (currency) conditions.push(Prisma.sql`t.currency = ${currency}`);
  if (channel) conditions.push(Prisma.sql`t.channel = ${channel}`);
  if (origin) conditions.push(Prisma.sql`t.origin = ${origin}`);
  return [...conditions, ...daysOf(filter, driver)];
}

/** The filter's days as conditions on the index that the list walks. */
export function daysOf({ fromDay, toDay }: TransactionFilter, { time }: Driver): Prisma.Sql[] {
  return [
    ...(fromDay ? [Prisma.sql`${time} >= ${new Date(fromDay)}`] : []),
    ...(toDay ? [Prisma.sql`${time} < ${new Date(Date.parse(toDay) + DAY_MS)}`] : []),
  ];
}

/** Newest first, equal times by id: what follows the cursor, in a shape that an index on time can start from. */
export function afterCursor(cursor: TransactionCursor, { time, id }: Driver): Prisma.Sql {
  const at = new Date(cursor.occurredAt);
  return Prisma.sql`(${time} <= ${at} and (${time} < ${at} or ${id} > ${cursor.id}))`;
}

/** What comes before the cursor or stands at it, in the same order. */
export function upToCursor(cursor: TransactionCursor, { time, id }: Driver): Prisma.Sql {
  const at = new Date(cursor.occurredAt);
  return Prisma.sql`(${time} >= ${at} and (${time} > ${at} or ${id} <= ${cursor.id}))`;
}

/** All of the conditions; nothing where there is none. */
export function whereAll(conditions: readonly Prisma.Sql[]): Prisma.Sql {
  return conditions.length === 0 ? Prisma.empty : Prisma.sql`where ${Prisma.join([...conditions], " and ")}`;
}
