import { z } from "zod";
import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import type { CaseRow } from "./case-row.ts";
import { changeOpenCase, unclaimed } from "./change-open-case.ts";
import { checkText } from "./check-text.ts";
import { CaseRef } from "./claim-case.ts";
import { findCase } from "./find-case.ts";
import { tellOf } from "./tell-of.ts";

export const HoldCaseInput = CaseRef.extend({
  version: z.int(),
  reason: z.string().trim().min(1, "Say what is waited for").max(2000),
});
export type HoldCaseInput = z.infer<typeof HoldCaseInput>;

/**
 * Takes an open case out of the queue until somebody resumes it, since something from outside is waited for.
 * @throws ServiceError "forbidden", "invalid", "not_found", or "conflict" (closed, changed, held back already).
 */
export async function holdCase(ctx: ServiceContext, input: HoldCaseInput): Promise<CaseRow> {
  requirePermission(ctx.actor, "case:work");
  checkText(input.reason, "reason");
  const { caseId, version, reason } = input;
  return inTransaction(ctx, async (tx) => {
    const data = { heldAt: ctx.now(), ...unclaimed };
    const row = await changeOpenCase(tx, ctx, { caseId, version, data, where: { heldAt: null } });
    await tellOf(tx, ctx, {
      caseId,
      action: "case.hold",
      kind: "held",
      body: { reason },
      before: { heldAt: null },
      after: { heldAt: row.heldAt, reason },
    });
    return row;
  });
}

export const ResumeCaseInput = CaseRef.extend({ version: z.int() });
export type ResumeCaseInput = z.infer<typeof ResumeCaseInput>;

/**
 * Puts a case that was held back into the queue again.
 * @throws ServiceError "forbidden", "not_found", or "conflict" (not held back, changed, a verdict waits).
 */
export async function resumeCase(ctx: ServiceContext, input: ResumeCaseInput): Promise<CaseRow> {
  requirePermission(ctx.actor, "case:work");
  const { caseId, version } = input;
  return inTransaction(ctx, async (tx) => {
    const before = await findCase(tx, ctx, caseId);
    if (before.status === "open" && before.heldAt === null) {
      throw new ServiceError("conflict", `Case ${before.number} is not held back.`);
    }
    const row = await changeOpenCase(tx, ctx, { caseId, version, data: { heldAt: null } });
    await tellOf(tx, ctx, {
      caseId,
      action: "case.resume",
      kind: "resumed",
      before: { heldAt: before.heldAt },
      after: { heldAt: null },
    });
    return row;
  });
}
