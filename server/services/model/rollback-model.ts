import type { Tx } from "#server/db/client.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { endWithChampion } from "#server/services/canary/end-canary.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { announceChampion } from "./announce-champion.ts";
import { changeStatus, settlingRaces } from "./champion-change.ts";
import { requireServable } from "./require-servable.ts";
import { type ModelView, modelView } from "./view.ts";

/**
 * Brings back the champion that was promoted before the present one, as often as there is an earlier one.
 * @throws ServiceError "forbidden", "invalid" or "conflict" (nothing to go back to, or someone else was first)
 */
export async function rollbackModel(ctx: ServiceContext): Promise<ModelView> {
  requirePermission(ctx.actor, "model:promote");
  return settlingRaces(() => inTransaction(ctx, (tx) => rollbackIn(tx, ctx)));
}

/** The rollback itself, in the transaction of its caller; `told` goes into the audit row. */
export async function rollbackIn(
  tx: Tx,
  ctx: ServiceContext,
  told: Readonly<Record<string, string>> = {},
): Promise<ModelView> {
  const before = await tx.modelVersion.findFirst({ where: { status: "champion" } });
  if (before?.promotedAt == null) throw new ServiceError("conflict", "There is no champion to roll back.");
  const previous = await tx.modelVersion.findFirst({
    where: { status: "retired", promotedAt: { lt: before.promotedAt } },
    orderBy: { promotedAt: "desc" },
  });
  if (previous === null) {
    throw new ServiceError("conflict", `No champion came before version ${before.number}.`);
  }
  await requireServable(tx, previous);
  // What was rolled back leaves the order of champions, and what comes back keeps its place in it: so a second
  // rollback goes one further back, and none returns to a version that was taken out of service.
  await changeStatus(tx, before, { status: "retired", promotedAt: null, retiredAt: ctx.now() });
  await changeStatus(tx, previous, { status: "champion", retiredAt: null });
  const after = modelView({ ...previous, status: "champion", retiredAt: null });
  await endWithChampion(tx, ctx, after);
  await announceChampion(tx, ctx, { action: "model.rollback", before, after, told });
  return after;
}
