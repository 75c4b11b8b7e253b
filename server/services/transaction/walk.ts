import type { Database } from "#server/db/client.ts";
import { Prisma } from "#server/db/generated/client.ts";
import { afterCursor, type Driver, daysOf, upToCursor, whereAll } from "./filter-sql.ts";
import type { TransactionCursor, TransactionFilter } from "./transaction-filter.ts";

type Walk<Row> = {
  readonly filter: TransactionFilter;
  readonly driver: Driver;
  readonly after: TransactionCursor | null;
  readonly limit: number;
  /** rows that match and lie within these conditions, in order */
  readonly read: (within: readonly Prisma.Sql[], limit: number) => Promise<readonly Row[]>;
};

export type Walked<Row> = {
  readonly rows: readonly Row[];
  /** where the looking stopped; null when the page is full, or there is nothing older */
  readonly stopped: TransactionCursor | null;
};

/**
 * Looks through the payments after a cursor for `limit` rows, and stops after some thousands, so that a filter
 * which hardly anything matches costs no more at ten million payments than at a hundred thousand.
 */
export async function walk<Row>(
  db: Database,
  { filter, driver, after, limit, read }: Walk<Row>,
): Promise<Walked<Row>> {
  const rows: Row[] = [];
  let from = after;
  for (const size of driver.stretches) {
    const begin = from === null ? [] : [afterCursor(from, driver)];
    const end = await endOf(
      db,
      driver,
      [...driver.indexed(filter), ...daysOf(filter, driver), ...begin],
      size,
    );
    const within = end === null ? begin : [...begin, upToCursor(end, driver)];
    rows.push(...(await read(within, limit - rows.length)));
    if (rows.length >= limit || end === null) return { rows, stopped: null };
    from = end;
  }
  return { rows, stopped: from };
}

/** The last of the next `size` entries of an index; null when there are no more than that. */
async function endOf(
  db: Database,
  { table, time, id }: Driver,
  conditions: readonly Prisma.Sql[],
  size: number,
): Promise<TransactionCursor | null> {
  const ends = await db.$queryRaw<{ at: Date; id: string }[]>(Prisma.sql`
    select ${time} as at, ${id} as id from ${table} ${whereAll(conditions)}
    order by ${time} desc, ${id} offset ${size - 1} limit 1`);
  const [end] = ends;
  return end === undefined ? null : { occurredAt: end.at.toISOString(), id: end.id };
}
