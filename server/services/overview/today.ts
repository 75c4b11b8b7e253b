import type { Database } from "#server/db/client.ts";
import { Outcome } from "#server/domain/outcome.ts";

/** Payments that occurred today, of one currency and outcome. */
export type TodayGroup = {
  readonly currency: string;
  readonly outcome: Outcome;
  readonly payments: number;
  readonly amountMinor: number;
};

type Row = { currency: string; outcome: string; payments: number; amount_minor: number };

/** Decided payments since `from`, by currency and outcome. Reads today's end of the index on occurred_at only. */
export async function countToday(db: Database, from: Date): Promise<TodayGroup[]> {
  const rows = await db.$queryRaw<Row[]>`
    select currency, outcome, count(*)::float8 as payments, sum(amount_minor)::float8 as amount_minor
    from decision where occurred_at >= ${from} group by currency, outcome`;
  return rows.map((row) => ({
    currency: row.currency,
    outcome: Outcome.parse(row.outcome),
    payments: row.payments,
    amountMinor: row.amount_minor,
  }));
}
