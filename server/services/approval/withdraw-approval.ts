import { z } from "zod";
import { actorId } from "#server/domain/actor.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { answeredAlready, findApproval } from "./answer-approval.ts";
import { type ApprovalRow, approvalRow } from "./approval-row.ts";
import { settleSubject } from "./settle-subject.ts";

export const ApprovalRef = z.strictObject({ approvalId: z.string().min(1).max(128) });
export type ApprovalRef = z.infer<typeof ApprovalRef>;

/**
 * Takes back what one asked for oneself and nobody has answered; its subject is free again.
 * @throws ServiceError "forbidden", "not_found", or "conflict" (answered already).
 */
export async function withdrawApproval(ctx: ServiceContext, input: ApprovalRef): Promise<ApprovalRow> {
  requirePermission(ctx.actor, "approval:ask");
  return inTransaction(ctx, async (tx) => {
    const asked = await findApproval(tx, input.approvalId);
    if (asked.requestedById !== actorId(ctx.actor)) {
      throw new ServiceError("forbidden", "Only whoever asked for an approval can withdraw it.");
    }
    const { count } = await tx.approval.updateMany({
      where: { id: asked.id, status: "pending" },
      data: { status: "withdrawn", answeredAt: ctx.now(), answeredById: asked.requestedById },
    });
    const withdrawn = await findApproval(tx, input.approvalId);
    if (count === 0) throw answeredAlready(withdrawn);
    await settleSubject(tx, ctx, withdrawn);
    await recordAudit(tx, ctx, {
      action: "approval.withdraw",
      subjectType: "approval",
      subjectId: asked.id,
      before: { status: "pending" },
      after: { status: "withdrawn", number: asked.number, kind: asked.kind, subjectId: asked.subjectId },
    });
    return approvalRow(withdrawn, ctx.actor);
  });
}
