import type { Tx } from "#server/db/client.ts";
import { actorId } from "#server/domain/actor.ts";
import { recordOutbox, type ServiceContext } from "#server/services/context.ts";
import { refreshEffectiveLabels } from "./refresh-effective-labels.ts";

/**
 * Takes back the analyst's label of the verdict given at `closedAt`, inside a transaction that holds the label
 * order. The label stays, a withdrawal row says that it no longer counts. A verdict without a label changes nothing.
 */
export async function withdrawVerdictLabel(
  tx: Tx,
  ctx: ServiceContext,
  transactionId: string,
  closedAt: string | null,
): Promise<void> {
  if (closedAt === null) return;
  const label = await tx.label.findFirst({
    where: { transactionId, source: "analyst", occurredAt: new Date(closedAt), withdrawal: null },
    orderBy: { seq: "desc" },
  });
  if (label === null) return;
  const withdrawnAt = ctx.now();
  await tx.labelWithdrawal.create({
    data: { labelSeq: label.seq, withdrawnAt, actorKind: ctx.actor.kind, actorId: actorId(ctx.actor) },
  });
  await refreshEffectiveLabels(tx, [transactionId]);
  await recordOutbox(tx, withdrawnAt, "label.withdrawn", {
    transactionId,
    label: label.label,
    source: label.source,
    occurredAt: label.occurredAt.toISOString(),
    withdrawnAt: withdrawnAt.toISOString(),
  });
}
