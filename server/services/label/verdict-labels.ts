import type { Tx } from "#server/db/client.ts";
import { actorId } from "#server/domain/actor.ts";
import type { Label } from "#server/domain/label.ts";
import { recordAudits, type ServiceContext } from "#server/services/context.ts";
import { uncountDelays } from "./label-delays.ts";
import { notifyLabels } from "./label-order.ts";
import { refreshEffectiveLabels } from "./refresh-effective-labels.ts";

export type VerdictLabels = {
  readonly transactionIds: readonly string[];
  readonly label: Label;
  /** when the verdict was given */
  readonly at: Date;
  readonly note: string | null;
};

/**
 * An analyst's label for each payment of one verdict, inside a transaction that holds the label order: set-based, with
 * an audit row and an event each.
 */
export async function addVerdictLabels(tx: Tx, ctx: ServiceContext, verdict: VerdictLabels): Promise<void> {
  const { transactionIds, label, note } = verdict;
  if (transactionIds.length === 0) return;
  const occurredAt = verdict.at.toISOString();
  const recordedAt = ctx.now().toISOString();
  const added = await tx.$queryRaw<{ transactionId: string }[]>`
    insert into label (transaction_id, label, source, occurred_at, recorded_at, note, actor_kind, actor_id)
    select id, ${label}, 'analyst', ${occurredAt}::timestamptz, ${recordedAt}::timestamptz, ${note},
      ${ctx.actor.kind}, ${actorId(ctx.actor)}
    from unnest(${[...transactionIds]}::text[]) with ordinality as given (id, place) order by place
    on conflict (transaction_id, source, label, occurred_at) do nothing
    returning transaction_id as "transactionId"`;
  await refreshEffectiveLabels(tx, transactionIds);
  const told = added.map(({ transactionId }) => ({ transactionId, label, source: "analyst", occurredAt }));
  await recordAudits(
    tx,
    ctx,
    told.map((after) => ({
      action: "label.record",
      subjectType: "transaction",
      subjectId: after.transactionId,
      after: { ...after, note },
    })),
  );
  await tx.outboxEvent.createMany({
    data: told.map((payload) => ({
      at: ctx.now(),
      type: "label.recorded",
      payload: { ...payload, recordedAt },
    })),
  });
  await notifyLabels(tx);
}

/**
 * Takes back the analyst's labels of a verdict given at `closedAt`, inside a transaction that holds the label order.
 * The labels stay, withdrawal rows say that they no longer count. A verdict without labels changes nothing.
 */
export async function withdrawVerdictLabels(
  tx: Tx,
  ctx: ServiceContext,
  verdict: { readonly transactionIds: readonly string[]; readonly at: Date },
): Promise<void> {
  const labels = await tx.label.findMany({
    where: {
      transactionId: { in: [...verdict.transactionIds] },
      source: "analyst",
      occurredAt: verdict.at,
      withdrawal: null,
    },
    orderBy: { seq: "asc" },
  });
  if (labels.length === 0) return;
  const withdrawnAt = ctx.now();
  const by = { withdrawnAt, actorKind: ctx.actor.kind, actorId: actorId(ctx.actor) };
  await tx.labelWithdrawal.createMany({ data: labels.map(({ seq }) => ({ labelSeq: seq, ...by })) });
  await uncountDelays(
    tx,
    labels.map(({ seq }) => seq),
    withdrawnAt,
  );
  await refreshEffectiveLabels(
    tx,
    labels.map((label) => label.transactionId),
  );
  await tx.outboxEvent.createMany({
    data: labels.map(({ transactionId, label, source, occurredAt }) => ({
      at: withdrawnAt,
      type: "label.withdrawn",
      payload: {
        transactionId,
        label,
        source,
        occurredAt: occurredAt.toISOString(),
        withdrawnAt: withdrawnAt.toISOString(),
      },
    })),
  });
}
