import type { Database } from "#server/db/client.ts";
import { Outcome } from "#server/domain/outcome.ts";

/** Decisions of one day and outcome. `day` is "2026-11-20". */
export type DayOutcome = { readonly day: string; readonly outcome: Outcome; readonly payments: number };

/** The last days by outcome, from the daily counts: no history is read. */
export async function outcomesByDay(db: Database, from: Date): Promise<DayOutcome[]> {
  const rows = await db.$queryRaw<{ day: string; outcome: string; payments: number }[]>`
    select to_char(day, 'YYYY-MM-DD') as day, outcome, sum(decisions)::float8 as payments
    from decision_day where day >= ${from}::date group by day, outcome order by day, outcome`;
  return rows.map((row) => ({ ...row, outcome: Outcome.parse(row.outcome) }));
}
