import type { Tx } from "#server/db/client.ts";
import type { RetrainingState } from "#server/db/generated/client.ts";

/** Labels looked at in one go, so that a tick stays short after an import. */
const MOST_LABELS = 20_000;

/**
 * Counts payments with labels that became mature since the last look: those whose label came now and that are old
 * enough, and those with a label that have grown old enough meanwhile. Returns the number since the last run.
 */
export async function countMatureLabels(tx: Tx, state: RetrainingState, edge: Date): Promise<number> {
  const matureBefore = edge > state.matureBefore ? edge : state.matureBefore;
  const [counted] = await tx.$queryRaw<[{ to: bigint; recorded: number; aged: number }]>`
    with newest as (
      select coalesce(max(seq), ${state.labelSeq}) as seq from
        (select seq from label where seq > ${state.labelSeq} order by seq limit ${MOST_LABELS}) as batch
    )
    select newest.seq as to,
      (select count(distinct l.transaction_id)::int from label l join transaction t on t.id = l.transaction_id
       where l.seq > ${state.labelSeq} and l.seq <= newest.seq and t.occurred_at <= ${state.matureBefore}) as recorded,
      (select count(*)::int from effective_label
       where occurred_at > ${state.matureBefore} and occurred_at <= ${matureBefore}) as aged
    from newest`;
  const matureLabels = state.matureLabels + counted.recorded + counted.aged;
  await tx.retrainingState.updateMany({ data: { labelSeq: counted.to, matureBefore, matureLabels } });
  return matureLabels;
}
