import { z } from "zod";
import type { Tx } from "#server/db/client.ts";
import { isUniqueViolation } from "#server/db/unique-violation.ts";
import { actorId } from "#server/domain/actor.ts";
import { ApprovalKind, type ApprovalStatus } from "#server/domain/approval.ts";
import { Role, requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { checkText } from "#server/services/case/check-text.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { lockLabelOrder } from "#server/services/label/label-order.ts";
import { type ApprovalRow, approvalInclude, approvalRow, type StoredApproval } from "./approval-row.ts";
import { changeOfKind } from "./perform-approval.ts";
import { settleSubject } from "./settle-subject.ts";

const statusOfAnswer = {
  approve: "approved",
  reject: "rejected",
  return: "returned",
} as const satisfies Record<string, ApprovalStatus>;

export const AnswerApprovalInput = z.strictObject({
  approvalId: z.string().min(1).max(128),
  answer: z.enum(["approve", "reject", "return"]),
  /** needed unless it is approved */
  note: z.string().trim().max(2000).nullish(),
});
export type AnswerApprovalInput = z.infer<typeof AnswerApprovalInput>;

/**
 * A second person's answer to a change that somebody else asked for. Approved, it is made in the same transaction, as
 * the change of whoever asked, with both names in its audit rows; rejected or returned, with a note why, nothing changes.
 * @throws ServiceError "forbidden" (one's own, or not permitted the change itself), "invalid", "not_found", or
 * "conflict" (answered already, or what it is about has changed since; it can still be rejected or returned then).
 */
export async function answerApproval(ctx: ServiceContext, input: AnswerApprovalInput): Promise<ApprovalRow> {
  requirePermission(ctx.actor, "approval:answer");
  checkText(input.note, "note");
  const note = input.note || null;
  if (input.answer !== "approve" && note === null) {
    throw new ServiceError("invalid", "Say why, so that whoever asked knows what to do.");
  }
  return inTransaction(ctx, async (tx) => {
    await lockLabelOrder(tx);
    const asked = await findApproval(tx, input.approvalId);
    requireOther(ctx, asked);
    const { count } = await tx.approval.updateMany({
      where: { id: asked.id, status: "pending" },
      data: {
        status: statusOfAnswer[input.answer],
        answeredAt: ctx.now(),
        answeredById: actorId(ctx.actor),
        note,
      },
    });
    const answered = await findApproval(tx, input.approvalId);
    if (count === 0) throw answeredAlready(answered);
    if (input.answer === "approve") await makeChange(tx, ctx, answered);
    await settleSubject(tx, ctx, answered);
    await recordAudit(tx, ctx, {
      action: `approval.${input.answer}`,
      subjectType: "approval",
      subjectId: asked.id,
      before: { status: "pending" },
      after: {
        status: answered.status,
        note,
        number: asked.number,
        kind: asked.kind,
        subjectId: asked.subjectId,
        requestedById: asked.requestedById,
        requestedByName: asked.requestedBy.name,
      },
    });
    return approvalRow(answered, ctx.actor);
  });
}

/** @throws ServiceError "not_found" */
export async function findApproval(tx: Tx, id: string): Promise<StoredApproval> {
  const stored = await tx.approval.findUnique({ where: { id }, include: approvalInclude });
  if (stored === null) throw new ServiceError("not_found", "There is no such approval.");
  return stored;
}

/** Why an answer or a withdrawal came too late. */
export function answeredAlready({ number, status, answeredBy }: StoredApproval): ServiceError {
  const who = answeredBy === null ? "" : ` by ${answeredBy.name}`;
  return new ServiceError("conflict", `Approval ${number} was ${status}${who} already.`);
}

function requireOther(ctx: ServiceContext, asked: StoredApproval): void {
  if (ctx.actor.kind !== "user") throw new ServiceError("forbidden", "Only people answer approvals.");
  if (ctx.actor.id === asked.requestedById) {
    throw new ServiceError("forbidden", "What you asked for yourself needs somebody else's answer.");
  }
  requirePermission(ctx.actor, changeOfKind[ApprovalKind.parse(asked.kind)].permission);
}

async function makeChange(tx: Tx, ctx: ServiceContext, approval: StoredApproval): Promise<void> {
  const { number, payload } = approval;
  const { permission, make } = changeOfKind[ApprovalKind.parse(approval.kind)];
  const byId = actorId(ctx.actor);
  const approved = { number, byId: byId ?? "", byName: ctx.actor.name };
  const asker = { ...ctx, actor: await requireAsker(tx, approval), approved };
  requirePermission(asker.actor, permission);
  try {
    await make(tx, asker, payload);
  } catch (error) {
    if (isUniqueViolation(error)) throw noLongerPossible(approval, "Somebody was first.", error);
    const changed = error instanceof ServiceError && ["conflict", "not_found"].includes(error.code);
    throw changed ? noLongerPossible(approval, error.message, error) : error;
  }
}

/** Whoever asked, with the role they have now. */
async function requireAsker(tx: Tx, { number, requestedById }: StoredApproval) {
  const user = await tx.user.findUniqueOrThrow({ where: { id: requestedById } });
  if (user.disabledAt !== null) {
    throw new ServiceError("conflict", `${user.name}, who asked for approval ${number}, was disabled since.`);
  }
  return { kind: "user", id: user.id, name: user.name, role: Role.parse(user.role) } as const;
}

function noLongerPossible({ number }: StoredApproval, why: string, cause: unknown): ServiceError {
  const message = `What approval ${number} is about has changed since it was asked for. ${why} Reject or return it.`;
  return new ServiceError("conflict", message, { cause });
}
