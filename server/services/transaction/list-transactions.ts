import type { z } from "zod";
import type { Database } from "#server/db/client.ts";
import { Prisma } from "#server/db/generated/client.ts";
import { requirePermission } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { blindTo } from "./blind-to.ts";
import { afterCursor, conditionsOf, type Driver, driverOf, isLookedFor, whereAll } from "./filter-sql.ts";
import { ListTransactionsInput, type TransactionCursor } from "./transaction-filter.ts";
import { type StoredRow, type TransactionRow, transactionRow } from "./transaction-row.ts";
import { type Walked, walk } from "./walk.ts";

export type TransactionPage = {
  readonly rows: readonly TransactionRow[];
  /** where the next page begins; null on the last */
  readonly next: TransactionCursor | null;
  /** of a page that is not full although there is more: how far back was looked, ISO 8601 UTC */
  readonly lookedTo: string | null;
};

/** Columns that a search may name, each with an index that begins with it. */
const searchable = [
  Prisma.sql`t.id`,
  Prisma.sql`t.customer_id`,
  Prisma.sql`t.merchant_id`,
  Prisma.sql`t.card_token`,
  Prisma.sql`t.device_id`,
];

/**
 * One page of payments, newest first. A page costs the same wherever it lies: it starts at an index entry and reads
 * until it is full, or has looked through so many payments that it says how far it came.
 * @throws ServiceError "forbidden"; ZodError when the input is wrong.
 */
export async function listTransactions(
  ctx: ServiceContext,
  given: ListTransactionsInput,
): Promise<TransactionPage> {
  requirePermission(ctx.actor, "transaction:read");
  const input = ListTransactionsInput.parse(given);
  const driver = driverOf(input);
  const { rows: stored, stopped } = await readPage(ctx.db, input, driver);
  const page = stored.slice(0, input.limit);
  const hidden = await blindTo(
    ctx,
    page.map((row) => row.id),
  );
  const rows = page.map((row) => transactionRow(row, hidden.get(row.id) ?? null));
  const last = rows.at(-1);
  const isFull = stored.length > input.limit && last !== undefined;
  const next = isFull ? { occurredAt: last.occurredAt, id: last.id } : stopped;
  return { rows, next, lookedTo: isFull ? null : (stopped?.occurredAt ?? null) };
}

/** One row more than the page holds, where there is one. */
async function readPage(
  db: Database,
  input: z.output<typeof ListTransactionsInput>,
  driver: Driver,
): Promise<Walked<StoredRow>> {
  const conditions = conditionsOf(input, driver);
  const [search, after, limit] = [input.search ?? "", input.after ?? null, input.limit + 1];
  if (search === "" && isLookedFor(input)) {
    const read = (within: readonly Prisma.Sql[], most: number): Promise<StoredRow[]> =>
      db.$queryRaw<StoredRow[]>(select(driver, [...conditions, ...within], most));
    return walk(db, { filter: input, driver, after, limit, read });
  }
  const placed = after === null ? conditions : [...conditions, afterCursor(after, driver)];
  const sql =
    search === ""
      ? select(driver, placed, limit)
      : union(
          searchable.map((column) => [...placed, Prisma.sql`${column} = ${search}`]),
          driver,
          limit,
        );
  return { rows: await db.$queryRaw<StoredRow[]>(sql), stopped: null };
}

function select(driver: Driver, conditions: readonly Prisma.Sql[], limit: number): Prisma.Sql {
  return Prisma.sql`
    select t.id, t.occurred_at, t.amount_minor::float8 as amount_minor, t.currency, t.customer_id, t.merchant_id,
           t.channel, t.country, t.origin, d.outcome, d.score, d.reasons -> 0 as top_reason, e.label
    from transaction t
    left join decision d on d.transaction_id = t.id
    left join effective_label e on e.transaction_id = t.id
    ${whereAll(conditions)}
    order by ${driver.time} desc, ${driver.id} limit ${limit}`;
}

/** One short read per searchable column instead of an OR, which would read everything of a large merchant. */
function union(searches: readonly Prisma.Sql[][], driver: Driver, limit: number): Prisma.Sql {
  const parts = searches.map((conditions) => Prisma.sql`(${select(driver, conditions, limit)})`);
  return Prisma.sql`
    select distinct on (occurred_at, id) * from (${Prisma.join(parts, " union all ")}) found
    order by occurred_at desc, id limit ${limit}`;
}
