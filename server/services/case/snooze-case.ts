import { z } from "zod";
import { requirePermission } from "#server/domain/permission.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { requireSnoozable } from "./bulk-action.ts";
import type { CaseRow } from "./case-row.ts";
import { changeOpenCase, unclaimed } from "./change-open-case.ts";
import { CaseRef } from "./claim-case.ts";
import { findCase } from "./find-case.ts";
import { tellOf } from "./tell-of.ts";

export const SnoozeCaseInput = CaseRef.extend({ version: z.int(), until: z.date() });
export type SnoozeCaseInput = z.infer<typeof SnoozeCaseInput>;

/**
 * Takes an open case out of the queue until a time at most 30 days ahead, and gives back any claim on it.
 * @throws ServiceError "forbidden", "invalid", "not_found", or "conflict" (closed, changed, or held by another).
 */
export async function snoozeCase(ctx: ServiceContext, input: SnoozeCaseInput): Promise<CaseRow> {
  requirePermission(ctx.actor, "case:work");
  requireSnoozable(input.until, ctx.now());
  return inTransaction(ctx, async (tx) => {
    const { caseId, version, until } = input;
    const { snoozedUntil } = await findCase(tx, ctx, caseId);
    const row = await changeOpenCase(tx, ctx, {
      caseId,
      version,
      data: { snoozedUntil: until, ...unclaimed },
    });
    const body = { until: until.toISOString() };
    await tellOf(tx, ctx, {
      caseId,
      action: "case.snooze",
      kind: "snoozed",
      body,
      before: { snoozedUntil },
      after: { snoozedUntil: until.toISOString() },
    });
    return row;
  });
}
