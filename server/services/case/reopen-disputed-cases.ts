import type { Tx } from "#server/db/client.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import { recordAudit, type ServiceContext } from "#server/services/context.ts";
import { recordEvent } from "./record-event.ts";

/**
 * Reopens the cases of these transactions that were closed as legitimate, because a chargeback says otherwise.
 * The verdict stays in the timeline and its label stays in history. Returns the ids of the cases reopened.
 */
export async function reopenDisputedCases(
  tx: Tx,
  ctx: ServiceContext,
  transactionIds: readonly string[],
): Promise<string[]> {
  const disputed = await tx.$queryRaw<{ id: string; closedAt: Date; closedById: string | null }[]>`
    select id, closed_at as "closedAt", closed_by_id as "closedById" from "case"
    where transaction_id = any(${[...transactionIds]}::text[]) and status = 'closed' and disposition = 'legitimate'
    order by id for no key update`;
  if (disputed.length === 0) return [];
  const ids = disputed.map((row) => row.id);
  await tx.case.updateMany({ where: { id: { in: ids } }, data: reopened });
  for (const { id, closedAt, closedById } of disputed) {
    const before = {
      status: "closed",
      disposition: "legitimate",
      closedAt: closedAt.toISOString(),
      closedById,
    };
    await recordEvent(tx, ctx, id, { kind: "reopened", body: { reason: "chargeback", was: before } });
    await recordAudit(tx, ctx, {
      action: "case.reopen",
      subjectType: "case",
      subjectId: id,
      before,
      after: { status: "open", reason: "chargeback" },
    });
  }
  return ids;
}

/** What makes a closed case open again, with nobody's claim on it. */
export const reopened = {
  status: "open",
  disposition: null,
  closedAt: null,
  closedById: null,
  assigneeId: null,
  claimedUntil: null,
  snoozedUntil: null,
  version: { increment: 1 },
} satisfies Prisma.CaseUncheckedUpdateManyInput;
