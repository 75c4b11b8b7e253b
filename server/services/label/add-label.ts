import type { Tx } from "#server/db/client.ts";
import { actorId } from "#server/domain/actor.ts";
import type { Label, LabelSource } from "#server/domain/label.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { recordAudit, recordOutbox, type ServiceContext } from "#server/services/context.ts";
import type { LabelInput } from "./label-input.ts";
import { notifyLabels } from "./label-order.ts";
import { refreshEffectiveLabels } from "./refresh-effective-labels.ts";

export type LabelRecord = {
  readonly transactionId: string;
  readonly label: Label;
  readonly source: LabelSource;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  /** false when this very label was recorded before; nothing changed then */
  readonly created: boolean;
};

export type AddedLabel = LabelRecord & { readonly seq: bigint };

/**
 * Appends one label inside a transaction that already holds the label order, with its audit row and event, and
 * settles which label counts. The same (transaction, source, label, occurredAt) again changes nothing.
 * @throws ServiceError "not_found" for an unknown transaction.
 */
export async function addLabel(tx: Tx, ctx: ServiceContext, input: LabelInput): Promise<AddedLabel> {
  const { transactionId, label, source, occurredAt } = input;
  const payment = await tx.transaction.findUnique({ where: { id: transactionId }, select: { id: true } });
  if (payment === null) throw new ServiceError("not_found", "There is no such transaction.");
  const key = { transactionId, source, label, occurredAt };
  const before = await tx.label.findUnique({
    where: { transactionId_source_label_occurredAt: key },
    select: { seq: true, recordedAt: true },
  });
  if (before !== null) return { ...key, ...before, created: false };

  const recordedAt = ctx.now();
  const note = input.note ?? null;
  const { seq } = await tx.label.create({
    data: { ...key, recordedAt, note, actorKind: ctx.actor.kind, actorId: actorId(ctx.actor) },
    select: { seq: true },
  });
  await refreshEffectiveLabels(tx, [transactionId]);
  const told = { transactionId, label, source, occurredAt: occurredAt.toISOString() };
  await recordAudit(tx, ctx, {
    action: "label.record",
    subjectType: "transaction",
    subjectId: transactionId,
    after: { ...told, note },
  });
  await recordOutbox(tx, recordedAt, "label.recorded", { ...told, recordedAt: recordedAt.toISOString() });
  await notifyLabels(tx);
  return { ...key, seq, recordedAt, created: true };
}
