import { z } from "zod";
import type { PendingApproval } from "#server/domain/approval.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { proposePolicy } from "./activate-policy.ts";
import { type PolicyView, policyView } from "./view.ts";

export const RollBackInput = z.object({
  /** the version in force as the person saw it */
  expectedActiveId: z.string().min(1).max(64),
  /** the earlier version to return to; null for the one that was in force before */
  toId: z.string().min(1).max(64).nullable().default(null),
  /** why, in the audit log and before whoever has to agree */
  reason: z.string().trim().min(1, "Say why").max(1_000),
});
export type RollBackInput = z.infer<typeof RollBackInput>;

/**
 * Puts an earlier version in force again, as a new version with its figures, so that history stays as it was; asks a
 * second person first where the review settings say so.
 * @throws ServiceError "forbidden", "not_found" without such an earlier version, "conflict" as activatePolicy.
 */
export async function rollBackPolicy(
  ctx: ServiceContext,
  { expectedActiveId, toId, reason }: RollBackInput,
): Promise<PolicyView | PendingApproval> {
  requirePermission(ctx.actor, "policy:write");
  const earlier = await ctx.db.policyVersion.findFirst({
    where: { status: "retired", ...(toId === null ? {} : { id: toId }) },
    orderBy: [{ activatedAt: "desc" }, { number: "desc" }],
  });
  if (earlier === null) throw new ServiceError("not_found", "There is no earlier policy to return to.");
  return proposePolicy(ctx, { policy: policyView(earlier).policy, expectedActiveId, reason });
}
