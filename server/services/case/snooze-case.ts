import { z } from "zod";
import { actorId } from "#server/domain/actor.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import type { CaseRow } from "./case-row.ts";
import { CaseRef } from "./claim-case.ts";
import { findCase } from "./find-case.ts";
import { freeFor } from "./free-for.ts";
import { recordEvent } from "./record-event.ts";
import { conflictOf } from "./refusal.ts";

const LONGEST_DAYS = 30;

export const SnoozeCaseInput = CaseRef.extend({ version: z.int(), until: z.date() });
export type SnoozeCaseInput = z.infer<typeof SnoozeCaseInput>;

/**
 * Takes an open case out of the queue until a time at most 30 days ahead, and gives back any claim on it.
 * @throws ServiceError "forbidden", "invalid", "not_found", or "conflict" (closed, changed, or held by another).
 */
export async function snoozeCase(ctx: ServiceContext, input: SnoozeCaseInput): Promise<CaseRow> {
  requirePermission(ctx.actor, "case:work");
  const now = ctx.now();
  const me = actorId(ctx.actor);
  const ahead = input.until.getTime() - now.getTime();
  if (!(ahead > 0 && ahead <= LONGEST_DAYS * 86_400_000)) {
    throw new ServiceError("invalid", `A case can be snoozed for at most ${LONGEST_DAYS} days.`);
  }
  return inTransaction(ctx, async (tx) => {
    const snoozed = await tx.case.updateMany({
      where: { id: input.caseId, status: "open", version: input.version, ...freeFor(me, now) },
      data: { snoozedUntil: input.until, assigneeId: null, claimedUntil: null, version: { increment: 1 } },
    });
    const row = await findCase(tx, ctx, input.caseId);
    if (snoozed.count === 0) throw conflictOf(row, me);
    const after = { snoozedUntil: input.until.toISOString() };
    await recordEvent(tx, ctx, row.id, { kind: "snoozed", body: { until: after.snoozedUntil } });
    await recordAudit(tx, ctx, { action: "case.snooze", subjectType: "case", subjectId: row.id, after });
    return row;
  });
}
