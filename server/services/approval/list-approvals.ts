import { z } from "zod";
import { actorId } from "#server/domain/actor.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { type ApprovalRow, approvalInclude, approvalRow } from "./approval-row.ts";
import type { ApprovalRef } from "./withdraw-approval.ts";

export const ListApprovalsInput = z.object({
  /** answered: approved, rejected, returned or withdrawn */
  pile: z.enum(["pending", "answered"]).default("pending"),
  /** only those that the reader asked for */
  mine: z.boolean().default(false),
  limit: z.int().min(1).max(100).default(50),
  /** the last number of the page before */
  cursor: z.int().min(0).nullish(),
});
export type ListApprovalsInput = z.infer<typeof ListApprovalsInput>;

export type ApprovalPage = { readonly rows: readonly ApprovalRow[]; readonly nextCursor: number | null };

/** What waits for a second person, oldest first, or what was answered, newest first. @throws ServiceError "forbidden" */
export async function listApprovals(ctx: ServiceContext, input: ListApprovalsInput): Promise<ApprovalPage> {
  requirePermission(ctx.actor, "approval:ask");
  const { pile, mine, limit, cursor } = input;
  const pending = pile === "pending";
  const stored = await ctx.db.approval.findMany({
    where: {
      status: pending ? "pending" : { not: "pending" },
      ...(mine ? { requestedById: actorId(ctx.actor) ?? "nobody" } : {}),
      ...(cursor == null ? {} : { number: pending ? { gt: cursor } : { lt: cursor } }),
    },
    orderBy: { number: pending ? "asc" : "desc" },
    take: limit + 1,
    include: approvalInclude,
  });
  const rows = stored.slice(0, limit).map((row) => approvalRow(row, ctx.actor));
  return { rows, nextCursor: stored.length > limit ? (rows.at(-1)?.number ?? null) : null };
}

/** One approval. @throws ServiceError "forbidden" or "not_found" */
export async function getApproval(ctx: ServiceContext, input: ApprovalRef): Promise<ApprovalRow> {
  requirePermission(ctx.actor, "approval:ask");
  const stored = await ctx.db.approval.findUnique({
    where: { id: input.approvalId },
    include: approvalInclude,
  });
  if (stored === null) throw new ServiceError("not_found", "There is no such approval.");
  return approvalRow(stored, ctx.actor);
}

/** How many wait for the reader's answer, counted up to 100. @throws ServiceError "forbidden" */
export async function countToAnswer(ctx: ServiceContext): Promise<{ readonly count: number }> {
  const { rows } = await listApprovals(ctx, { pile: "pending", mine: false, limit: 100 });
  return { count: rows.filter((row) => row.canAnswer).length };
}

export const PendingOfInput = z.strictObject({
  subjectType: z.string().min(1).max(64),
  subjectId: z.string().min(1).max(300),
});
export type PendingOfInput = z.infer<typeof PendingOfInput>;

/** What waits about one subject, such as a case; null when nothing does. @throws ServiceError "forbidden" */
export async function pendingOf(ctx: ServiceContext, input: PendingOfInput): Promise<ApprovalRow | null> {
  requirePermission(ctx.actor, "case:read");
  const stored = await ctx.db.approval.findFirst({
    where: { ...input, status: "pending" },
    orderBy: { number: "asc" },
    include: approvalInclude,
  });
  return stored === null ? null : approvalRow(stored, ctx.actor);
}
