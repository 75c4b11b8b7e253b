import type { PoolClient } from "pg";
import { labelSources } from "#server/domain/label.ts";
import type { LabelSources, LogMarks } from "./manifest.ts";

/** The label that counts for a payment. */
export type RowLabel = { readonly fraud: boolean; readonly recordedAtMs: number; readonly source: string };

/**
 * The labels that count, of those recorded up to `now`, by transaction. With marks: as they counted when the log had
 * grown so far, worked out anew from all labels and withdrawals.
 */
export async function readEffectiveLabels(
  client: PoolClient,
  { now, marks }: { readonly now: Date; readonly marks: LogMarks | null },
): Promise<ReadonlyMap<string, RowLabel>> {
  const columns = "label = 'fraud', (extract(epoch from recorded_at) * 1000)::float8, source";
  const { rows } = await client.query<[string, boolean, number, string]>({
    ...(marks === null
      ? {
          text: `select transaction_id, ${columns} from effective_label where recorded_at <= $1`,
          values: [now],
        }
      : {
          text: `
            select transaction_id, ${columns} from (
              select distinct on (l.transaction_id) l.* from label l
              left join label_withdrawal w on w.label_seq = l.seq and w.seq <= $3
              where l.seq <= $2 and w.label_seq is null
              order by l.transaction_id, array_position($4::text[], l.source) desc, l.seq desc
            ) as counting where recorded_at <= $1`,
          values: [now, marks.labelSeq, marks.withdrawalSeq, [...labelSources]],
        }),
    rowMode: "array",
  });
  return new Map(rows.map(([id, fraud, recordedAtMs, source]) => [id, { fraud, recordedAtMs, source }]));
}

/** How far the log goes in the snapshot of `client`. */
export async function readMarks(client: PoolClient): Promise<LogMarks> {
  const { rows } = await client.query<LogMarks>(
    `select coalesce((select max(seq) from transaction), 0) as "transactionSeq",
            coalesce((select max(seq) from label), 0) as "labelSeq",
            coalesce((select max(seq) from label_withdrawal), 0) as "withdrawalSeq"`,
  );
  return rows[0] ?? { transactionSeq: 0, labelSeq: 0, withdrawalSeq: 0 };
}

/** Counts labels by who said so. */
export function countSources(labels: Iterable<RowLabel>): LabelSources {
  const counts: Record<string, { fraud: number; legitimate: number }> = {};
  for (const { source, fraud } of labels) {
    counts[source] ??= { fraud: 0, legitimate: 0 };
    counts[source][fraud ? "fraud" : "legitimate"]++;
  }
  return counts;
}
