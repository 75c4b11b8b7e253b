import type { Database } from "#server/db/client.ts";
import { Prisma } from "#server/db/generated/client.ts";
import type { Outcome } from "#server/domain/outcome.ts";
import { classOf, type RowClass, windowFrom } from "./labelled-rows.ts";
import type { ResolvedWindow } from "./resolve-window.ts";
import type { Tally } from "./tally.ts";

/**
 * Rows of one currency, class and outcome as served whose score is at or above `cut` and under the next one; those exactly on the cut
 * come apart (`onCut`), so that no measure of ranking is rounded.
 */
export type ScoreGroup = Tally & {
  readonly class: RowClass;
  readonly outcome: Outcome;
  readonly currency: string;
  readonly cut: number;
  readonly onCut: boolean;
};

type Row = Pick<ScoreGroup, "class" | "outcome" | "currency" | "onCut" | "rows"> & {
  slot: number | null;
  amount: number;
};

/**
 * The window's rows counted between cuts: every distinct score of a fraud, and `grid`. Legitimate rows between two
 * neighbouring fraud scores are interchangeable for every ranking measure and for the optimum of cost, so the counts
 * lose nothing, and what comes over the wire grows with the frauds, not with the traffic.
 */
export async function loadGroups(
  db: Database,
  window: ResolvedWindow,
  grid: readonly number[],
): Promise<ScoreGroup[]> {
  const cuts = await cutsOf(db, window, grid);
  // As text, because a float written by JavaScript and read by PostgreSQL is the same float.
  const literal = `{${cuts.join(",")}}`;
  const rows = await db.$queryRaw<Row[]>(Prisma.sql`
    with cuts as materialized (select ${literal}::text::float8[] as list),
    slotted as (
      select ${classOf(window)} as class, d.outcome, d.currency, d.score, d.amount_minor,
        width_bucket(d.score, (select list from cuts)) as slot
      ${windowFrom(window)})
    select class, outcome, currency, slot, (score = (select list from cuts)[slot]) is true as "onCut",
      count(*)::int as rows, sum(amount_minor)::float8 as amount
    from slotted group by 1, 2, 3, 4, 5`);
  return rows.map(({ slot, amount, ...row }) => ({
    ...row,
    cut: slot === null || slot === 0 ? Number.NEGATIVE_INFINITY : (cuts[slot - 1] ?? Number.NaN),
    amountMinor: amount,
  }));
}

/** Ascending and distinct. */
async function cutsOf(db: Database, window: ResolvedWindow, grid: readonly number[]): Promise<number[]> {
  const version =
    window.versionId === null ? Prisma.empty : Prisma.sql`and d.model_version_id = ${window.versionId}`;
  const frauds = await db.$queryRaw<{ score: number }[]>(Prisma.sql`
    select distinct d.score from effective_label l join decision d on d.transaction_id = l.transaction_id
    where l.label = 'fraud' and l.occurred_at >= ${window.from} and l.occurred_at < ${window.to}
      and d.score is not null ${version}`);
  return [...new Set([...frauds.map((row) => row.score), ...grid])].sort((a, b) => a - b);
}
