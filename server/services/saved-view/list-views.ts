import { actorId } from "#server/domain/actor.ts";
import { requirePermission } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { type SavedViewRow, savedViewRow, viewInclude } from "./saved-view-row.ts";

/** The actor's own views and those that are shared, by name. @throws ServiceError "forbidden" */
export async function listViews(ctx: ServiceContext): Promise<SavedViewRow[]> {
  requirePermission(ctx.actor, "case:read");
  const me = actorId(ctx.actor);
  const stored = await ctx.db.savedView.findMany({
    where: { OR: [{ shared: true }, { ownerId: me ?? "nobody" }] },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    include: viewInclude,
  });
  return stored.map((view) => savedViewRow(view, me));
}
