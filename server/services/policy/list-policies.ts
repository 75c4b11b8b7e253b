import { requirePermission } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { type PolicyView, policyView } from "./view.ts";

const MOST = 100;

/** The latest hundred versions, newest first. @throws ServiceError "forbidden" */
export async function listPolicies(ctx: ServiceContext): Promise<PolicyView[]> {
  requirePermission(ctx.actor, "policy:read");
  const versions = await ctx.db.policyVersion.findMany({ orderBy: { number: "desc" }, take: MOST });
  return versions.map(policyView);
}
