import { actorId } from "#server/domain/actor.ts";
import { SERVING_CHANNEL } from "#server/domain/model-version.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { nextRevision } from "./list-revision.ts";
import { type ListEntryView, listEntryView } from "./view.ts";

/**
 * Takes something off its list; it stays in history, for decisions that were made by it.
 * @throws ServiceError "forbidden", "not_found" or "conflict" (it was removed already)
 */
export async function removeListEntry(
  ctx: ServiceContext,
  input: { readonly entryId: string },
): Promise<ListEntryView> {
  requirePermission(ctx.actor, "list:write");
  return inTransaction(ctx, async (tx) => {
    const before = await tx.listEntry.findUnique({ where: { id: input.entryId } });
    if (before === null) throw new ServiceError("not_found", "There is no such entry.");
    const data = {
      removedAt: ctx.now(),
      removedByName: ctx.actor.name,
      removedById: actorId(ctx.actor),
      removedRevision: await nextRevision(tx),
    };
    const { count } = await tx.listEntry.updateMany({ where: { id: before.id, removedAt: null }, data });
    if (count === 0) throw new ServiceError("conflict", `${before.value} was taken off the list already.`);
    const after = listEntryView({ ...before, ...data });
    await recordAudit(tx, ctx, {
      action: "list.remove",
      subjectType: "list_entry",
      subjectId: after.id,
      before: listEntryView(before),
      after,
    });
    await tx.$executeRaw`select pg_notify(${SERVING_CHANNEL}, ${`list ${data.removedRevision}`})`;
    return after;
  });
}
