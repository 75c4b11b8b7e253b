import { z } from "zod";
import type { Tx } from "#server/db/client.ts";
import { actorId } from "#server/domain/actor.ts";
import { UNDO_SECONDS } from "#server/domain/case.ts";
import { hasPermission, requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { inTransaction, recordAudit, recordOutbox, type ServiceContext } from "#server/services/context.ts";
import { lockLabelOrder } from "#server/services/label/label-order.ts";
import { withdrawVerdictLabel } from "#server/services/label/withdraw-verdict-label.ts";
import type { CaseRow } from "./case-row.ts";
import { checkText } from "./check-text.ts";
import { CaseRef, claimEnd } from "./claim-case.ts";
import { findCase } from "./find-case.ts";
import { recordEvent } from "./record-event.ts";
import { conflictOf } from "./refusal.ts";
import { reopened } from "./reopen-disputed-cases.ts";

export const ReopenCaseInput = CaseRef.extend({
  /** of the case as it was closed */
  version: z.int(),
  reason: z.string().trim().max(2000).nullish(),
});
export type ReopenCaseInput = z.infer<typeof ReopenCaseInput>;

/** What an undo sent within the window may spend on its way. */
const TRAVEL_MS = 2_000;

/**
 * Takes a verdict back: by its analyst within 10 seconds, who then holds the case again, or at any time by somebody
 * with case:manage. The verdict is saved the moment it is given, so closing the browser loses nothing; undoing it is
 * new state, not a deletion: its label gets a withdrawal row, and the label that counted before counts again.
 * Feature state keeps the withdrawn verdict as any label that was recorded, online and in replay alike, until the
 * next verdict of the same payment takes its place.
 * @throws ServiceError "forbidden", "invalid", "not_found", or "conflict" (open again, or closed anew).
 */
export async function reopenCase(ctx: ServiceContext, input: ReopenCaseInput): Promise<CaseRow> {
  requirePermission(ctx.actor, "case:work");
  checkText(input.reason, "reason");
  const now = ctx.now();
  return inTransaction(ctx, async (tx) => {
    await lockLabelOrder(tx);
    const before = await findCase(tx, ctx, input.caseId);
    const undo = isUndo(ctx, before, now);
    if (before.status === "closed") requireRight(ctx, undo);
    const claim = undo ? { assigneeId: actorId(ctx.actor), claimedUntil: await claimEnd(tx, now) } : {};
    const changed = await tx.case.updateMany({
      where: { id: input.caseId, status: "closed", version: input.version },
      data: { ...reopened, ...claim },
    });
    const row = await findCase(tx, ctx, input.caseId);
    if (changed.count === 0) throw staleReopening(row);
    await withdrawVerdictLabel(tx, ctx, row.transactionId, before.closedAt);
    await tellOf(tx, ctx, before, { reason: undo ? "undo" : "manager", note: input.reason || null });
    return row;
  });
}

function isUndo(ctx: ServiceContext, row: CaseRow, now: Date): boolean {
  if (row.closedAt === null || row.closedBy === null) return false;
  const age = now.getTime() - Date.parse(row.closedAt);
  return row.closedBy.id === actorId(ctx.actor) && age <= UNDO_SECONDS * 1000 + TRAVEL_MS;
}

function requireRight(ctx: ServiceContext, undo: boolean): void {
  if (undo || hasPermission(ctx.actor, "case:manage")) return;
  throw new ServiceError(
    "forbidden",
    `A verdict can be undone for ${UNDO_SECONDS} seconds by whoever gave it; after that a lead can reopen the case.`,
  );
}

function staleReopening(row: CaseRow): ServiceError {
  return row.status === "open"
    ? new ServiceError("conflict", `Case ${row.number} is open already.`)
    : conflictOf(row, null);
}

async function tellOf(
  tx: Tx,
  ctx: ServiceContext,
  before: CaseRow,
  why: { reason: "undo" | "manager"; note: string | null },
): Promise<void> {
  const was = { status: before.status, disposition: before.disposition, closedAt: before.closedAt };
  const closedById = before.closedBy?.id ?? null;
  await recordEvent(tx, ctx, before.id, { kind: "reopened", body: { ...why, was: { ...was, closedById } } });
  await recordAudit(tx, ctx, {
    action: "case.reopen",
    subjectType: "case",
    subjectId: before.id,
    before: { ...was, closedById },
    after: { status: "open", disposition: null, ...why },
  });
  const told = { caseId: before.id, transactionId: before.transactionId, reason: why.reason };
  await recordOutbox(tx, ctx.now(), "case.reopened", told);
}
