import { z } from "zod";
import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { policyView } from "./view.ts";

export const DraftChoice = z.object({ id: z.string().min(1).max(64) });
export type DraftChoice = z.infer<typeof DraftChoice>;

/**
 * Removes a draft; the audit row keeps what it said.
 * @throws ServiceError "forbidden", or "conflict" when it was activated or discarded meanwhile.
 */
export async function discardDraft(ctx: ServiceContext, { id }: DraftChoice): Promise<void> {
  requirePermission(ctx.actor, "policy:write");
  await inTransaction(ctx, async (tx) => {
    const before = await tx.policyVersion.findUnique({ where: { id } });
    const { count } = await tx.policyVersion.deleteMany({ where: { id, status: "draft" } });
    if (before === null || count === 0) {
      throw new ServiceError("conflict", "This draft was activated or discarded meanwhile.");
    }
    await recordAudit(tx, ctx, {
      action: "policy.discard_draft",
      subjectType: "policy_version",
      subjectId: id,
      before: policyView(before),
    });
  });
}
