import type { PoolClient } from "pg";
import type { Label, LabelSource } from "#server/domain/label.ts";
import { type Part, partHolding, storePart } from "./block-parts.ts";
import { labelColumns, NO_VERSION } from "./decided-rows.ts";

/** A decided payment whose label changed, with the label that counts now. */
type Changed = {
  seq: number;
  atMs: number;
  dayMs: number;
  versionId: string;
  label: Label | null;
  source: LabelSource | null;
  recordedMs: number | null;
};

/**
 * Brings the rows of these payments up to the labels that count now. Payments that are in no block yet are left out:
 * they will come with their label. Harmless when repeated.
 */
export async function applyLabels(client: PoolClient, transactionIds: readonly string[]): Promise<void> {
  if (transactionIds.length === 0) return;
  const { rows } = await client.query<Changed>(changedQuery, [transactionIds, NO_VERSION]);
  const byBlock = Map.groupBy(rows, (row) => `${row.dayMs} ${row.versionId}`);
  for (const ofBlock of byBlock.values()) await applyToBlock(client, ofBlock);
}

/** `changed` are of one day and version, in order of sequence, as the parts are. */
async function applyToBlock(client: PoolClient, changed: readonly Changed[]): Promise<void> {
  let held: { part: Part; touched: boolean } | null = null;
  for (const one of changed) {
    if (held === null || rowOf(held.part, one.seq) === null) {
      if (held?.touched === true) await storePart(client, held.part);
      const part: Part | null = await partHolding(client, one);
      held = part === null ? null : { part, touched: false };
    }
    if (held !== null && patch(held.part, one)) held.touched = true;
  }
  if (held?.touched === true) await storePart(client, held.part);
}

/** Whether the row changed. */
function patch(part: Part, changed: Changed): boolean {
  const at = rowOf(part, changed.seq);
  if (at === null) return false;
  const { label, source, labelDelayS } = part.columns;
  const next = labelColumns(changed, changed.atMs);
  const same = label[at] === next.label && source[at] === next.source && labelDelayS[at] === next.labelDelayS;
  label[at] = next.label;
  source[at] = next.source;
  labelDelayS[at] = next.labelDelayS;
  return !same;
}

/** The row of a decision in a part, whose sequences ascend; null when it holds none such. */
function rowOf({ firstSeq, columns: { seqOffset } }: Part, seq: number): number | null {
  const wanted = seq - firstSeq;
  let [low, high] = [0, seqOffset.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((seqOffset[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return seqOffset[low] === wanted ? low : null;
}

const changedQuery = `
  select d.seq, (extract(epoch from d.occurred_at) * 1000)::float8 as "atMs",
    (extract(epoch from date_trunc('day', d.occurred_at at time zone 'UTC')) * 1000)::float8 as "dayMs",
    coalesce(d.model_version_id, $2) as "versionId",
    l.label, l.source, (extract(epoch from l.recorded_at) * 1000)::float8 as "recordedMs"
  from decision d left join effective_label l on l.transaction_id = d.transaction_id
  where d.transaction_id = any($1) order by d.seq`;
