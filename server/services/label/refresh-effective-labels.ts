import type { Tx } from "#server/db/client.ts";
import { effectiveLabel, Label, LabelSource, type RecordedLabel } from "#server/domain/label.ts";

type Row = { transactionId: string; seq: bigint; label: string; source: string; recordedAt: Date };
type Held = RecordedLabel & { readonly transactionId: string };

/**
 * Derives anew which label counts for each of these transactions, from the labels that were not withdrawn.
 * The caller holds the label order, so no other label of theirs can be on its way.
 */
export async function refreshEffectiveLabels(tx: Tx, transactionIds: readonly string[]): Promise<void> {
  const ids = [...new Set(transactionIds)];
  const rows = await tx.$queryRaw<Row[]>`
    select l.transaction_id as "transactionId", l.seq, l.label, l.source, l.recorded_at as "recordedAt"
    from label l where l.transaction_id = any(${ids}::text[])
      and not exists (select 1 from label_withdrawal w where w.label_seq = l.seq)`;
  const held = Map.groupBy(rows.map(parseRow), (label) => label.transactionId);
  const counting = ids.flatMap((id) => effectiveLabel(held.get(id) ?? []) ?? []);
  await upsert(tx, counting);
  const labelled = new Set(counting.map((label) => label.transactionId));
  const unlabelled = ids.filter((id) => !labelled.has(id));
  if (unlabelled.length > 0) {
    await tx.effectiveLabel.deleteMany({ where: { transactionId: { in: unlabelled } } });
  }
}

function parseRow(row: Row): Held {
  return { ...row, label: Label.parse(row.label), source: LabelSource.parse(row.source) };
}

async function upsert(tx: Tx, counting: readonly Held[]): Promise<void> {
  if (counting.length === 0) return;
  await tx.$executeRaw`
    insert into effective_label (transaction_id, label, source, label_seq, recorded_at, occurred_at)
    select l.transaction_id, l.label, l.source, l.seq, l.recorded_at, t.occurred_at
    from label l join transaction t on t.id = l.transaction_id
    where l.seq = any(${counting.map((label) => label.seq)}::bigint[])
    on conflict (transaction_id) do update set label = excluded.label, source = excluded.source,
      label_seq = excluded.label_seq, recorded_at = excluded.recorded_at
    where effective_label.label_seq <> excluded.label_seq`;
}
