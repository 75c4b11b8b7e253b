import type { Database } from "#server/db/client.ts";
import { LabelSource } from "#server/domain/label.ts";

/** Payments that a source called fraud today. */
export type FraudFound = { readonly source: LabelSource; readonly payments: number };

/** Distinct payments with a fraud label recorded since `from` and not withdrawn, by who said so, most first. */
export async function fraudFoundSince(db: Database, from: Date): Promise<FraudFound[]> {
  const rows = await db.$queryRaw<{ source: string; payments: number }[]>`
    select source, count(distinct transaction_id)::float8 as payments
    from label where recorded_at >= ${from} and label = 'fraud'
      and not exists (select from label_withdrawal where label_seq = label.seq)
    group by source order by payments desc, source`;
  return rows.map((row) => ({ source: LabelSource.parse(row.source), payments: row.payments }));
}
