import type { Prisma } from "#server/db/generated/client.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { type AlertView, alertView, withPeople } from "./view.ts";

type Change = {
  readonly alertId: string;
  readonly action: string;
  /** states in which it may be made */
  readonly where: Prisma.AlertWhereInput;
  readonly data: Prisma.AlertUncheckedUpdateManyInput;
  readonly conflict: string;
};

/** What a person does to an alert. @throws ServiceError "forbidden", "not_found" or "conflict" (somebody was first) */
export async function changeAlert(ctx: ServiceContext, change: Change): Promise<AlertView> {
  requirePermission(ctx.actor, "policy:write");
  const { alertId, action, where, data, conflict } = change;
  return inTransaction(ctx, async (tx) => {
    const before = await tx.alert.findUnique({ where: { id: alertId }, include: withPeople });
    if (before === null) throw new ServiceError("not_found", "There is no such alert.");
    const { count } = await tx.alert.updateMany({ where: { AND: [{ id: alertId }, where] }, data });
    if (count === 0) throw new ServiceError("conflict", conflict);
    const after = alertView(
      await tx.alert.findUniqueOrThrow({ where: { id: alertId }, include: withPeople }),
    );
    await recordAudit(tx, ctx, {
      action,
      subjectType: "alert",
      subjectId: alertId,
      before: audited(alertView(before)),
      after: audited(after),
    });
    return after;
  });
}

function audited({ number, title, state, silencedUntil }: AlertView) {
  return { number, title, state, silencedUntil };
}
