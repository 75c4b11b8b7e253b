import { requirePermission } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { type RuleView, ruleView } from "./view.ts";

const MOST = 200;

/** Every rule, in the order they were made. @throws ServiceError "forbidden" */
export async function listAlertRules(ctx: ServiceContext): Promise<RuleView[]> {
  requirePermission(ctx.actor, "analytics:read");
  const rows = await ctx.db.alertRule.findMany({
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: MOST,
  });
  return rows.map(ruleView);
}
