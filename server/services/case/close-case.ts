import { z } from "zod";
import type { Tx } from "#server/db/client.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import { actorId } from "#server/domain/actor.ts";
import { Disposition, labelOfDisposition } from "#server/domain/case.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { inTransaction, recordAudit, recordOutbox, type ServiceContext } from "#server/services/context.ts";
import { addLabel } from "#server/services/label/add-label.ts";
import { lockLabelOrder } from "#server/services/label/label-order.ts";
import type { CaseRow } from "./case-row.ts";
import { checkText } from "./check-text.ts";
import { CaseRef } from "./claim-case.ts";
import { findCase } from "./find-case.ts";
import { freeFor } from "./free-for.ts";
import { recordEvent } from "./record-event.ts";
import { conflictOf } from "./refusal.ts";

export const CloseCaseInput = CaseRef.extend({
  disposition: Disposition,
  /** of the case as the analyst saw it */
  version: z.int(),
  reason: z.string().trim().max(2000).nullish(),
});
export type CloseCaseInput = z.infer<typeof CloseCaseInput>;

/**
 * Ends a case with a verdict. Fraud and legitimate become an analyst's label at once, in the same transaction, with
 * audit row, timeline and event; not sure teaches nothing. The first of two wins; the other learns who was first.
 * @throws ServiceError "forbidden", "invalid", "not_found", or "conflict" (closed, changed, or held by another).
 */
export async function closeCase(ctx: ServiceContext, input: CloseCaseInput): Promise<CaseRow> {
  requirePermission(ctx.actor, "case:work");
  checkText(input.reason, "reason");
  const now = ctx.now();
  const me = ctx.actor.kind === "user" ? ctx.actor.id : null;
  const label = labelOfDisposition[input.disposition];
  return inTransaction(ctx, async (tx) => {
    if (label !== null) await lockLabelOrder(tx);
    const closed = await tx.case.updateMany({
      where: { id: input.caseId, status: "open", version: input.version, ...freeFor(me, now) },
      data: verdict(input.disposition, me, now),
    });
    const row = await findCase(tx, ctx, input.caseId);
    if (closed.count === 0) throw conflictOf(row, actorId(ctx.actor));
    if (label !== null) {
      const { transactionId } = row;
      await addLabel(tx, ctx, {
        transactionId,
        label,
        source: "analyst",
        occurredAt: now,
        note: input.reason,
      });
    }
    await tellOf(tx, ctx, row, input);
    return row;
  });
}

function verdict(
  disposition: Disposition,
  me: string | null,
  now: Date,
): Prisma.CaseUncheckedUpdateManyInput {
  return {
    status: "closed",
    disposition,
    closedAt: now,
    closedById: me,
    assigneeId: null,
    claimedUntil: null,
    snoozedUntil: null,
    version: { increment: 1 },
  };
}

async function tellOf(tx: Tx, ctx: ServiceContext, row: CaseRow, input: CloseCaseInput): Promise<void> {
  const { disposition } = input;
  const reason = input.reason || null;
  await recordEvent(tx, ctx, row.id, { kind: "closed", body: { disposition, reason } });
  await recordAudit(tx, ctx, {
    action: "case.close",
    subjectType: "case",
    subjectId: row.id,
    before: { status: "open", disposition: null },
    after: { status: "closed", disposition, reason },
  });
  await recordOutbox(tx, ctx.now(), "case.closed", {
    caseId: row.id,
    transactionId: row.transactionId,
    disposition,
    closedAt: row.closedAt,
  });
}
