import { requirePermission } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { type ApiKeyView, apiKeyView } from "./view.ts";

/** All keys, newest first, revoked ones too. @throws ServiceError "forbidden" */
export async function listApiKeys(ctx: ServiceContext): Promise<ApiKeyView[]> {
  requirePermission(ctx.actor, "key:manage");
  const keys = await ctx.db.apiKey.findMany({ orderBy: { createdAt: "desc" } });
  return keys.map(apiKeyView);
}
