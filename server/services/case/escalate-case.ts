import { z } from "zod";
import type { Prisma } from "#server/db/generated/client.ts";
import { actorId } from "#server/domain/actor.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import type { CaseRow } from "./case-row.ts";
import { changeOpenCase, unclaimed } from "./change-open-case.ts";
import { checkText } from "./check-text.ts";
import { CaseRef } from "./claim-case.ts";
import { findCase } from "./find-case.ts";
import { tellOf } from "./tell-of.ts";

export const EscalateCaseInput = CaseRef.extend({
  version: z.int(),
  reason: z.string().trim().min(1, "Say why").max(2000),
});
export type EscalateCaseInput = z.infer<typeof EscalateCaseInput>;

/**
 * Puts a case before somebody more experienced: it is marked, given back to the queue, and no longer the actor's own.
 * @throws ServiceError "forbidden", "invalid", "not_found", or "conflict" (closed, changed, or held by another).
 */
export async function escalateCase(ctx: ServiceContext, input: EscalateCaseInput): Promise<CaseRow> {
  requirePermission(ctx.actor, "case:work");
  checkText(input.reason, "reason");
  const { caseId, version, reason } = input;
  return inTransaction(ctx, async (tx) => {
    const before = escalationOf(await findCase(tx, ctx, caseId));
    await tx.case.updateMany({
      where: { id: caseId, status: "open", version, ownerId: actorId(ctx.actor) ?? "nobody" },
      data: { ownerId: null },
    });
    const data = { escalatedAt: ctx.now(), ...unclaimed };
    const row = await changeOpenCase(tx, ctx, { caseId, version, data });
    await tellOf(tx, ctx, {
      caseId,
      action: "case.escalate",
      kind: "escalated",
      body: { reason },
      before,
      after: { ...escalationOf(row), reason },
    });
    return row;
  });
}

function escalationOf({ escalatedAt, owner }: CaseRow): Prisma.InputJsonObject {
  return { escalatedAt, ownerId: owner?.id ?? null };
}
