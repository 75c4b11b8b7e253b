import { z } from "zod";
import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { type CaseRow, caseRow, caseRowInclude } from "./case-row.ts";
import { type TimelineEvent, timelineEvent } from "./case-timeline.ts";
import { CaseRef } from "./claim-case.ts";
import { maskCase } from "./mask-case.ts";

export const ChangesSinceInput = CaseRef.extend({
  /** of the case as the reader saw it */
  version: z.int(),
});
export type ChangesSinceInput = z.infer<typeof ChangesSinceInput>;

export type ChangesSince = {
  readonly seenVersion: number;
  /** the case as it stands now */
  readonly now: CaseRow;
  /** who did what since, oldest first; of very many the latest 50 */
  readonly changes: readonly TimelineEvent[];
};

const MOST = 50;

/**
 * What happened to a case since a version, for whoever met a conflict: what stands now, and who changed it how.
 * Notes and files don't change a version, and are told when they came after it.
 * @throws ServiceError "forbidden" or "not_found".
 */
export async function changesSince(ctx: ServiceContext, input: ChangesSinceInput): Promise<ChangesSince> {
  requirePermission(ctx.actor, "case:read");
  const { caseId, version } = input;
  const stored = await ctx.db.case.findUnique({ where: { id: caseId }, include: caseRowInclude });
  if (stored === null) throw new ServiceError("not_found", "There is no such case.");
  const events = await ctx.db.caseEvent.findMany({
    where: { caseId },
    orderBy: { seq: "desc" },
    take: MOST,
    include: { actor: { select: { id: true, name: true } } },
  });
  const lines = events.reverse().flatMap((event) => timelineEvent(event));
  const changes = lines.filter((line) => line.version !== null && line.version > version);
  const row = await caseRow(ctx.db, stored, ctx.now());
  return { seenVersion: version, now: maskCase(row, ctx.actor), changes };
}
