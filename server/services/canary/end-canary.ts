import type { Tx } from "#server/db/client.ts";
import type { Canary } from "#server/db/generated/client.ts";
import type { CanaryEnd } from "#server/domain/canary.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { announceCanary } from "./announce-canary.ts";

/** The canary that runs; null when none does. */
export function runningCanary(db: Pick<Tx, "canary">): Promise<Canary | null> {
  return db.canary.findFirst({ where: { endedAt: null } });
}

/** Ends a canary in the caller's transaction; false when somebody else did meanwhile. */
export async function endCanaryIn(
  tx: Tx,
  ctx: ServiceContext,
  {
    canary,
    ended,
    because,
  }: { readonly canary: Canary; readonly ended: CanaryEnd; readonly because: string },
): Promise<boolean> {
  const where = { id: canary.id, endedAt: null };
  const data = { endedAt: ctx.now(), ended, endedBecause: because };
  if ((await tx.canary.updateMany({ where, data })).count === 0) return false;
  await announceCanary(tx, ctx, {
    action: "model.canary_stop",
    before: canary,
    after: null,
    reason: because,
  });
  return true;
}

/** Ends the canary that runs because the champion changed, if there is one. */
export async function endWithChampion(
  tx: Tx,
  ctx: ServiceContext,
  after: { readonly id: string; readonly number: number },
): Promise<void> {
  const canary = await runningCanary(tx);
  if (canary === null) return;
  const ended = canary.modelVersionId === after.id ? "promoted" : "superseded";
  const because = ended === "promoted" ? "It was promoted." : `Version ${after.number} became the champion.`;
  await endCanaryIn(tx, ctx, { canary, ended, because });
}
