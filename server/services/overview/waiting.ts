import type { Database } from "#server/db/client.ts";

/** Cases that wait for a verdict, of one currency. */
export type Waiting = {
  readonly currency: string;
  readonly cases: number;
  readonly expectedLossMinor: number;
  readonly oldestOpenedAt: string;
};

type Row = { currency: string; cases: number; expected_loss_minor: number; oldest: Date };

/** Open cases that nobody has snoozed, by currency: how many, what they are expected to cost, since when. */
export async function casesWaiting(db: Database, now: Date): Promise<Waiting[]> {
  const rows = await db.$queryRaw<Row[]>`
    select currency, count(*)::float8 as cases, sum(expected_loss_minor)::float8 as expected_loss_minor,
           min(opened_at) as oldest
    from "case" where status = 'open' and (snoozed_until is null or snoozed_until <= ${now})
    group by currency order by cases desc`;
  return rows.map((row) => ({
    currency: row.currency,
    cases: row.cases,
    expectedLossMinor: row.expected_loss_minor,
    oldestOpenedAt: row.oldest.toISOString(),
  }));
}
