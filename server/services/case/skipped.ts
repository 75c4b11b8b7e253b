import type { Tx } from "#server/db/client.ts";
import { actorId } from "#server/domain/actor.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { caseRowInclude, caseRows } from "./case-row.ts";
import { conflictOf } from "./refusal.ts";

/** A case that a change of many left as it was, and why, in a sentence. */
export type Skipped = { readonly caseId: string; readonly why: string };

/** Those of the cases on which a verdict waits for a second person. */
export async function waitingForApproval(
  db: Pick<Tx, "approval">,
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await db.approval.findMany({
    where: { subjectType: "case", subjectId: { in: [...caseIds] }, status: "pending" },
    select: { subjectId: true, number: true },
  });
  return new Map(rows.map((row) => [row.subjectId, row.number]));
}

/** Why each of these cases was not changed, as they stand now. */
export async function whySkipped(
  tx: Pick<Tx, "case" | "approval" | "$queryRaw">,
  ctx: ServiceContext,
  caseIds: readonly string[],
): Promise<Skipped[]> {
  if (caseIds.length === 0) return [];
  const now = ctx.now();
  const waiting = await waitingForApproval(tx, caseIds);
  const stored = await tx.case.findMany({ where: { id: { in: [...caseIds] } }, include: caseRowInclude });
  const rows = new Map((await caseRows(tx, stored, now)).map((row) => [row.id, row]));
  return caseIds.map((caseId) => {
    const row = rows.get(caseId);
    if (row === undefined) return { caseId, why: "There is no such case." };
    const approval = waiting.get(caseId);
    if (approval === undefined) return { caseId, why: conflictOf(row, actorId(ctx.actor)).message };
    return { caseId, why: `Case ${row.number} waits for a second person: approval ${approval}.` };
  });
}
