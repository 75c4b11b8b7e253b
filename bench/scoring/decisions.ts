import type { Pool } from "pg";
import type { Results } from "./results.ts";

/** How the payments sent so far were decided: what is not approved costs reasons, a case and an event. */
export async function countDecisions(pool: Pool): Promise<NonNullable<Results["decisions"]>> {
  const { rows } = await pool.query<{ outcome: string; decided: number; hit: number }>(
    `select outcome, count(*) as decided, count(*) filter (where rules <> '[]') as hit
     from decision where origin = 'live' group by 1 order by 1`,
  );
  return {
    outcomes: Object.fromEntries(rows.map(({ outcome, decided }) => [outcome, decided])),
    ruleHits: rows.reduce((sum, { hit }) => sum + hit, 0),
  };
}
