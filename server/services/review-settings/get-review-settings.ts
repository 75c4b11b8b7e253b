import { requirePermission } from "#server/domain/permission.ts";
import type { ReviewSettings } from "#server/domain/review-settings.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { readReviewSettings } from "./read-review-settings.ts";

/** How this installation reviews, for whoever may see cases. @throws ServiceError "forbidden" */
export async function getReviewSettings(ctx: ServiceContext): Promise<ReviewSettings> {
  requirePermission(ctx.actor, "case:read");
  return readReviewSettings(ctx.db);
}
