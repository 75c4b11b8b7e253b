import type { Database } from "#server/db/client.ts";
import { Prisma } from "#server/db/generated/client.ts";
import { judgedVerdicts } from "./judged-verdicts.ts";
import type { QualityScope } from "./scope.ts";

/** Verdicts of one person against what came out later. */
export type VerdictCounts = {
  readonly fraudUpheld: number;
  readonly fraudOverruled: number;
  readonly legitimateUpheld: number;
  readonly legitimateOverruled: number;
  /** nobody said anything since, and the payment may still be disputed or was never let through */
  readonly unknown: number;
};

type Row = VerdictCounts & { userId: string };

/**
 * Counts of each person's verdicts. A legitimate verdict is upheld by another source, or by a payment that is mature
 * without a word against it; younger ones count as unknown. A fraud verdict is judged only by what another source
 * says: a payment that was stopped raises no dispute, so silence proves nothing.
 */
export async function verdictCounts(
  db: Database,
  scope: QualityScope,
  matureBefore: Date,
): Promise<ReadonlyMap<string, VerdictCounts>> {
  const rows = await db.$queryRaw<Row[]>(Prisma.sql`
    with judged as (
      select actor_id, verdict, coalesce(truth, case when verdict = 'legitimate'
        and occurred_at <= ${matureBefore.toISOString()}::timestamptz then 'legitimate' end) as truth
      from (${judgedVerdicts(scope)}) as verdicts)
    select actor_id as "userId",
      count(*) filter (where verdict = 'fraud' and truth = 'fraud')::int as "fraudUpheld",
      count(*) filter (where verdict = 'fraud' and truth = 'legitimate')::int as "fraudOverruled",
      count(*) filter (where verdict = 'legitimate' and truth = 'legitimate')::int as "legitimateUpheld",
      count(*) filter (where verdict = 'legitimate' and truth = 'fraud')::int as "legitimateOverruled",
      count(*) filter (where truth is null)::int as unknown
    from judged group by actor_id`);
  return new Map(rows.map(({ userId, ...counts }) => [userId, counts]));
}
