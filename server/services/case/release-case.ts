import { actorId } from "#server/domain/actor.ts";
import { hasPermission, requirePermission } from "#server/domain/permission.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import type { CaseRow } from "./case-row.ts";
import type { CaseRef } from "./claim-case.ts";
import { findCase } from "./find-case.ts";
import { recordEvent } from "./record-event.ts";
import { conflictOf } from "./refusal.ts";

/**
 * Gives a claimed case back to the queue. Others' claims need the permission case:manage. A case that nobody holds
 * is left as it is.
 * @throws ServiceError "forbidden", "not_found", or "conflict" when another has it or it is closed.
 */
export async function releaseCase(ctx: ServiceContext, input: CaseRef): Promise<CaseRow> {
  requirePermission(ctx.actor, "case:work");
  const now = ctx.now();
  const me = actorId(ctx.actor);
  const whose = hasPermission(ctx.actor, "case:manage") ? { not: null } : me;
  return inTransaction(ctx, async (tx) => {
    const before = await findCase(tx, ctx, input.caseId);
    const released = await tx.case.updateMany({
      where: { id: input.caseId, status: "open", assigneeId: whose, claimedUntil: { gt: now } },
      data: { assigneeId: null, claimedUntil: null, version: { increment: 1 } },
    });
    const row = await findCase(tx, ctx, input.caseId);
    if (released.count === 0) {
      if (row.status === "open" && row.holder === null) return row;
      throw conflictOf(row, me);
    }
    await recordEvent(tx, ctx, row.id, { kind: "released" });
    await recordAudit(tx, ctx, {
      action: "case.release",
      subjectType: "case",
      subjectId: row.id,
      before: { assigneeId: before.holder?.id ?? null },
      after: { assigneeId: null },
    });
    return row;
  });
}
