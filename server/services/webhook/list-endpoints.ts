import { requirePermission } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { type EndpointView, endpointView } from "./view.ts";

const MOST = 200;

/** Where events are sent: active ones first, then by age. @throws ServiceError "forbidden" */
export async function listEndpoints(ctx: ServiceContext): Promise<EndpointView[]> {
  requirePermission(ctx.actor, "key:manage");
  const rows = await ctx.db.webhookEndpoint.findMany({
    orderBy: [{ disabledAt: { sort: "desc", nulls: "first" } }, { createdAt: "asc" }],
    take: MOST,
  });
  return rows.map(endpointView);
}
