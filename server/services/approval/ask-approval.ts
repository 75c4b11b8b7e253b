import type { Tx } from "#server/db/client.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import type { ApprovalKind, PendingApproval } from "#server/domain/approval.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { recordAudit, type ServiceContext } from "#server/services/context.ts";

export type Asked = {
  readonly kind: ApprovalKind;
  readonly subjectType: string;
  readonly subjectId: string;
  /** the input of the verb that makes the change */
  readonly payload: Prisma.InputJsonObject;
  /** why a second person is needed, in words */
  readonly because: string;
};

/**
 * Whether a change of this actor may have to wait for a second person: what people ask for does, unless it was
 * approved; jobs and commands on the machine act on a decision already made.
 */
export function mayNeedApproval(
  ctx: ServiceContext,
): ctx is ServiceContext & { readonly actor: { readonly kind: "user" } } {
  return ctx.actor.kind === "user" && ctx.approved === undefined;
}

/**
 * Keeps a change until a second person has answered, in the transaction of the verb that would have made it.
 * @throws ServiceError "forbidden", or "conflict" when the same change waits already.
 */
export async function askApproval(tx: Tx, ctx: ServiceContext, asked: Asked): Promise<PendingApproval> {
  requirePermission(ctx.actor, "approval:ask");
  if (ctx.actor.kind !== "user") throw new ServiceError("forbidden", "Only people ask for approvals.");
  const { kind, subjectId, because } = asked;
  const waiting = await tx.approval.findFirst({ where: { kind, subjectId, status: "pending" } });
  if (waiting !== null) {
    throw new ServiceError("conflict", `This waits for a second person already: approval ${waiting.number}.`);
  }
  const { id, number } = await tx.approval.create({
    data: { ...asked, requestedAt: ctx.now(), requestedById: ctx.actor.id },
    select: { id: true, number: true },
  });
  await recordAudit(tx, ctx, {
    action: "approval.ask",
    subjectType: "approval",
    subjectId: id,
    after: { number, ...asked },
  });
  return { status: "pending_approval", approvalId: id, number, because };
}
