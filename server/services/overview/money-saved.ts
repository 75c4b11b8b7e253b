import type { Database } from "#server/db/client.ts";

/** Money kept from leaving, of one currency. */
export type MoneySaved = {
  readonly currency: string;
  readonly declinedMinor: number;
  readonly confirmedMinor: number;
};

type Row = { currency: string; declined_minor: number; confirmed_minor: number };

/**
 * Amount of the payments since `from` that were declined, and of the cases closed as fraud since then. Declines hold
 * good payments refused by mistake too: this is money stopped, not profit.
 */
export async function moneySavedSince(db: Database, from: Date): Promise<MoneySaved[]> {
  const rows = await db.$queryRaw<Row[]>`
    select currency, sum(declined)::float8 as declined_minor, sum(confirmed)::float8 as confirmed_minor
    from (
      select currency, amount_minor as declined, 0 as confirmed
      from decision where occurred_at >= ${from} and outcome = 'decline'
      union all
      select currency, 0, amount_minor from "case" where closed_at >= ${from} and disposition = 'fraud'
    ) as stopped
    group by currency order by currency`;
  return rows.map((row) => ({
    currency: row.currency,
    declinedMinor: row.declined_minor,
    confirmedMinor: row.confirmed_minor,
  }));
}
