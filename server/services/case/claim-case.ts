import { z } from "zod";
import type { Tx } from "#server/db/client.ts";
import { actorId } from "#server/domain/actor.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { refuseWhilePending } from "#server/services/approval/pending-approval.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { readReviewSettings } from "#server/services/review-settings/index.ts";
import type { CaseRow } from "./case-row.ts";
import { findCase } from "./find-case.ts";
import { freeFor } from "./free-for.ts";
import { recordEvent } from "./record-event.ts";
import { conflictOf } from "./refusal.ts";

export const CaseRef = z.strictObject({ caseId: z.string().min(1).max(128) });
export type CaseRef = z.infer<typeof CaseRef>;

/**
 * Keeps an open case from others for as long as the review settings say. One's own claim is prolonged without a trace; an expired one is
 * free again.
 * @throws ServiceError "forbidden", "not_found", or "conflict" naming who has it or closed it.
 */
export async function claimCase(ctx: ServiceContext, input: CaseRef): Promise<CaseRow> {
  requirePermission(ctx.actor, "case:work");
  const now = ctx.now();
  const me = actorId(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const claimed = await tx.case.updateMany({
      where: { id: input.caseId, status: "open", ...freeFor(null, now) },
      data: { assigneeId: me, claimedUntil: await claimEnd(tx, now), version: { increment: 1 } },
    });
    await refuseWhilePending(tx, input.caseId);
    if (claimed.count === 0) return prolong(tx, ctx, input.caseId);
    const row = await findCase(tx, ctx, input.caseId);
    await recordClaim(tx, ctx, row);
    return row;
  });
}

/** @throws ServiceError "not_found", or "conflict" when the claim is not the actor's own. */
async function prolong(tx: Tx, ctx: ServiceContext, caseId: string): Promise<CaseRow> {
  const now = ctx.now();
  const me = actorId(ctx.actor);
  const mine = { id: caseId, status: "open", assigneeId: me ?? "nobody", claimedUntil: { gt: now } };
  const prolonged = await tx.case.updateMany({
    where: mine,
    data: { claimedUntil: await claimEnd(tx, now) },
  });
  const row = await findCase(tx, ctx, caseId);
  if (prolonged.count === 0) throw conflictOf(row, me);
  return row;
}

/** The traces of a claim. */
export async function recordClaim(tx: Tx, ctx: ServiceContext, row: CaseRow): Promise<void> {
  const after = { assigneeId: row.holder?.id ?? null, claimedUntil: row.holder?.until ?? null };
  await recordEvent(tx, ctx, row.id, { kind: "claimed", body: { until: after.claimedUntil } });
  await recordAudit(tx, ctx, { action: "case.claim", subjectType: "case", subjectId: row.id, after });
}

/** Until when a claim made now holds, by the review settings. */
export async function claimEnd(tx: Tx, now: Date): Promise<Date> {
  const { claimMinutes } = await readReviewSettings(tx);
  return new Date(now.getTime() + claimMinutes * 60_000);
}
