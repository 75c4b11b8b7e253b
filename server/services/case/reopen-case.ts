import { z } from "zod";
import type { Tx } from "#server/db/client.ts";
import { actorId } from "#server/domain/actor.ts";
import { UNDO_SECONDS } from "#server/domain/case-words.ts";
import { hasPermission, requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { lockLabelOrder } from "#server/services/label/label-order.ts";
import { withdrawVerdictLabels } from "#server/services/label/verdict-labels.ts";
import type { CaseRow } from "./case-row.ts";
import { checkText } from "./check-text.ts";
import { CaseRef, claimEnd } from "./claim-case.ts";
import { findCase } from "./find-case.ts";
import { conflictOf } from "./refusal.ts";
import { linkedOfVerdict, type Reopening, reopenRoots } from "./reopen-roots.ts";

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
    if (before.status === "joined" || before.joinedToId !== null) throw await joinedTo(tx, before);
    const undo = isUndo(ctx, before, now);
    if (before.status === "closed") requireRight(ctx, undo);
    const { caseId: id, version } = input;
    const reason = undo ? "undo" : "manager";
    const how = { reason, note: input.reason || null } as const;
    const claim = { assigneeId: actorId(ctx.actor), claimedUntil: await claimEnd(tx, now) };
    const linked = await linkedOfVerdict(tx, id);
    const changed = await reopenRoots(tx, ctx, { id, version }, undo ? { ...how, claim } : how);
    const row = await findCase(tx, ctx, id);
    if (changed.length === 0) throw staleReopening(row);
    await takeBackFromLinked(tx, ctx, before, { linked, how });
    return row;
  });
}

type TakingBack = {
  readonly linked: Awaited<ReturnType<typeof linkedOfVerdict>>;
  readonly how: Pick<Reopening, "reason" | "note">;
};

/** One verdict is taken back as one: what it was applied to beside the case follows, unless it changed since. */
async function takeBackFromLinked(
  tx: Tx,
  ctx: ServiceContext,
  { closedAt, closedBy }: CaseRow,
  { linked, how }: TakingBack,
): Promise<void> {
  if (closedAt === null) return;
  const { transactionIds, caseIds } = linked;
  const at = new Date(closedAt);
  await withdrawVerdictLabels(tx, ctx, { transactionIds, at });
  if (caseIds.length === 0) return;
  const same = { id: { in: [...caseIds] }, closedAt: at, closedById: closedBy?.id ?? null };
  await reopenRoots(tx, ctx, same, how);
}

async function joinedTo(tx: Tx, row: CaseRow): Promise<ServiceError> {
  const root = await tx.case.findUnique({ where: { id: row.joinedToId ?? "" }, select: { number: true } });
  return new ServiceError(
    "conflict",
    `Case ${row.number} belongs to case ${root?.number ?? "–"}; reopen that one.`,
  );
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
