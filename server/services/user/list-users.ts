import { requirePermission } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { type UserView, userView } from "./view.ts";

/** All users by e-mail, disabled ones too. @throws ServiceError "forbidden" */
export async function listUsers(ctx: ServiceContext): Promise<UserView[]> {
  requirePermission(ctx.actor, "user:manage");
  const users = await ctx.db.user.findMany({ orderBy: { email: "asc" } });
  return users.map(userView);
}
