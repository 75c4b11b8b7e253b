import type { Tx } from "#server/db/client.ts";
import { DAY_MS } from "#server/domain/day.ts";
import { DISABLE_AFTER_DAYS, retryPauseMs } from "#server/domain/webhook.ts";
import { inTransaction, recordAudit, recordOutbox, type ServiceContext } from "#server/services/context.ts";
import type { Claimed } from "./claim-deliveries.ts";

/** code: what was answered, null where nothing was; error: null when it arrived; gone: it asks for nothing further. */
export type Answer = { readonly code: number | null; readonly error: string | null; readonly gone: boolean };

const LONGEST_ERROR = 300;

/**
 * Keeps what became of an attempt: delivered, due again later, or given up. An endpoint that is gone, or that nothing
 * reached for days, is disabled, which raises an alert. `random` in [0, 1) spreads the next attempt.
 */
export async function settleDelivery(
  ctx: ServiceContext,
  claimed: Pick<Claimed, "id" | "attempts" | "endpoint">,
  { answer, random }: { readonly answer: Answer; readonly random: number },
): Promise<void> {
  const at = ctx.now();
  const { code: responseCode } = answer;
  const isDelivered = answer.error === null;
  const pause = isDelivered ? null : retryPauseMs(claimed.attempts, random);
  await inTransaction(ctx, async (tx) => {
    const { count } = await tx.webhookDelivery.updateMany({
      where: { id: claimed.id, status: "pending", attempts: claimed.attempts },
      data: {
        responseCode,
        error: answer.error?.slice(0, LONGEST_ERROR) ?? null,
        ...(pause === null || answer.gone
          ? { status: isDelivered ? "delivered" : "failed", endedAt: at }
          : { nextAttemptAt: new Date(at.getTime() + pause) }),
      },
    });
    if (count === 0) return; // its lease ran out and another worker has it
    if (isDelivered) await recovered(tx, claimed.endpoint.id);
    else await failed(tx, ctx, { endpointId: claimed.endpoint.id, answer });
  });
}

async function recovered(tx: Tx, id: string): Promise<void> {
  await tx.webhookEndpoint.updateMany({
    where: { id, failingSince: { not: null } },
    data: { failingSince: null },
  });
}

type Failure = { readonly endpointId: string; readonly answer: Answer };

async function failed(tx: Tx, ctx: ServiceContext, { endpointId: id, answer }: Failure): Promise<void> {
  const at = ctx.now();
  await tx.webhookEndpoint.updateMany({ where: { id, failingSince: null }, data: { failingSince: at } });
  const failingBefore = new Date(at.getTime() - DISABLE_AFTER_DAYS * DAY_MS);
  const because = answer.gone
    ? "it answered that it is gone (410)"
    : `nothing reached it for ${DISABLE_AFTER_DAYS} days`;
  const { count } = await tx.webhookEndpoint.updateMany({
    where: { id, disabledAt: null, ...(answer.gone ? {} : { failingSince: { lte: failingBefore } }) },
    data: { disabledAt: at, disabledBecause: because, version: { increment: 1 } },
  });
  if (count === 0) return;
  await recordAudit(tx, ctx, {
    action: "webhook.disable",
    subjectType: "webhook",
    subjectId: id,
    before: { disabledAt: null },
    after: { disabledAt: at.toISOString(), disabledBecause: because },
  });
  await recordOutbox(tx, at, "alert.raised", { kind: "webhook_disabled", endpointId: id, because });
}
