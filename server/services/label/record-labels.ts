import type { Tx } from "#server/db/client.ts";
import { actorId } from "#server/domain/actor.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { reopenDisputedCases } from "#server/services/case/reopen-disputed-cases.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { checkLabel, type LabelInput } from "./label-input.ts";
import { lockLabelOrder, notifyLabels } from "./label-order.ts";
import { refreshEffectiveLabels } from "./refresh-effective-labels.ts";

export type LabelsRecorded = {
  readonly created: number;
  /** recorded before, or twice in the batch */
  readonly duplicates: number;
  /** places in the input whose transaction does not exist; nothing was recorded for them */
  readonly unknown: readonly number[];
  readonly reopenedCases: number;
};

/** Rows written in one database transaction, so that verdicts never wait long for an import. */
const BATCH = 5_000;

type Added = { seq: bigint; transactionId: string; label: string; source: string };

/**
 * `recordLabel` for many at once, in the order given: same rules, set-based, committed by batches of 5,000, so what
 * was counted is durable when a later batch fails and a repeat is harmless. Each batch leaves one audit row with
 * its range of `seq`; labels of source import are history and raise no event.
 * @throws ServiceError "forbidden" or "invalid" (see checkLabel), before anything is written.
 */
export async function recordLabels(
  ctx: ServiceContext,
  inputs: readonly LabelInput[],
): Promise<LabelsRecorded> {
  requirePermission(ctx.actor, "label:record");
  const now = ctx.now();
  for (const input of inputs) checkLabel(input, now);
  let created = 0;
  let reopenedCases = 0;
  const unknown: number[] = [];
  for (let from = 0; from < inputs.length; from += BATCH) {
    const batch = inputs.slice(from, from + BATCH);
    const result = await inTransaction(ctx, (tx) => recordBatch(tx, ctx, batch));
    created += result.created;
    reopenedCases += result.reopened;
    for (const place of result.unknown) unknown.push(from + place);
  }
  return { created, duplicates: inputs.length - unknown.length - created, unknown, reopenedCases };
}

async function recordBatch(
  tx: Tx,
  ctx: ServiceContext,
  batch: readonly LabelInput[],
): Promise<{ created: number; reopened: number; unknown: number[] }> {
  await lockLabelOrder(tx);
  const ids = [...new Set(batch.map((input) => input.transactionId))];
  const known = new Set(
    (await tx.transaction.findMany({ where: { id: { in: ids } }, select: { id: true } })).map(
      (row) => row.id,
    ),
  );
  const unknown = batch.flatMap((input, place) => (known.has(input.transactionId) ? [] : [place]));
  const added = await insertLabels(
    tx,
    ctx,
    batch.filter((input) => known.has(input.transactionId)),
  );
  if (added.length === 0) return { created: 0, reopened: 0, unknown };
  await refreshEffectiveLabels(
    tx,
    added.map((row) => row.transactionId),
  );
  const chargedBack = added.filter((row) => row.source === "chargeback" && row.label === "fraud");
  const reopened = await reopenDisputedCases(
    tx,
    ctx,
    chargedBack.map((row) => row.transactionId),
  );
  await tellOf(tx, ctx, added);
  return { created: added.length, reopened: reopened.length, unknown };
}

async function insertLabels(tx: Tx, ctx: ServiceContext, inputs: readonly LabelInput[]): Promise<Added[]> {
  if (inputs.length === 0) return [];
  return tx.$queryRaw<Added[]>`
    insert into label (transaction_id, label, source, occurred_at, recorded_at, note, actor_kind, actor_id)
    select transaction_id, label, source, occurred_at, ${ctx.now().toISOString()}::timestamptz, note,
      ${ctx.actor.kind}, ${actorId(ctx.actor)}
    from unnest(${inputs.map((i) => i.transactionId)}::text[], ${inputs.map((i) => i.label)}::text[],
      ${inputs.map((i) => i.source)}::text[], ${inputs.map((i) => i.occurredAt.toISOString())}::timestamptz[],
      ${inputs.map((i) => i.note ?? null)}::text[])
      with ordinality as given (transaction_id, label, source, occurred_at, note, place)
    order by place
    on conflict (transaction_id, source, label, occurred_at) do nothing
    returning seq, transaction_id as "transactionId", label, source`;
}

async function tellOf(tx: Tx, ctx: ServiceContext, added: readonly Added[]): Promise<void> {
  const seqs = added.map((row) => row.seq);
  await recordAudit(tx, ctx, {
    action: "label.record_many",
    subjectType: "label",
    subjectId: `${seqs[0]}–${seqs.at(-1)}`,
    after: { labels: added.length, frauds: added.filter((row) => row.label === "fraud").length },
  });
  await tx.$executeRaw`
    insert into outbox_event (id, at, type, payload)
    select gen_random_uuid()::text, ${ctx.now().toISOString()}::timestamptz, 'label.recorded',
      jsonb_build_object('transactionId', transaction_id, 'label', label, 'source', source,
        'occurredAt', to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'recordedAt', to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
    from label where seq = any(${seqs}::bigint[]) and source <> 'import' order by seq`;
  await notifyLabels(tx);
}
