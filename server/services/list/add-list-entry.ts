import type { Tx } from "#server/db/client.ts";
import { isUniqueViolation } from "#server/db/unique-violation.ts";
import { actorId } from "#server/domain/actor.ts";
import { canonicalValue, NewListEntry } from "#server/domain/list/list-entry.ts";
import { SERVING_CHANNEL } from "#server/domain/model-version.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { nextRevision } from "./list-revision.ts";
import { type ListEntryView, listEntryView } from "./view.ts";

/**
 * Puts something on the block or the allow list; scoring servers heed it within seconds.
 * @throws ServiceError "forbidden", "invalid", or "conflict" when it is on that list already
 */
export async function addListEntry(ctx: ServiceContext, input: NewListEntry): Promise<ListEntryView> {
  requirePermission(ctx.actor, "list:write");
  const parsed = NewListEntry.safeParse(input);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ServiceError(
      "invalid",
      `${issue?.path.join(".") ?? "entry"}: ${issue?.message ?? "not valid"}`,
    );
  }
  const { list, kind, reason, expiresAt } = parsed.data;
  const value = canonicalValue(kind, parsed.data.value);
  const now = ctx.now();
  const until = expiresAt === null ? null : new Date(expiresAt);
  if (until !== null && until <= now) throw new ServiceError("invalid", "The expiry has passed already.");
  try {
    return await inTransaction(ctx, async (tx) => {
      await removeExpired(tx, ctx, { list, kind, value });
      const data = {
        list,
        kind,
        value,
        reason,
        addedAt: now,
        addedByName: ctx.actor.name,
        addedById: actorId(ctx.actor),
        expiresAt: until,
        addedRevision: await nextRevision(tx),
      };
      const after = listEntryView(await tx.listEntry.create({ data }));
      const audited = { action: "list.add", subjectType: "list_entry", subjectId: after.id, after };
      await recordAudit(tx, ctx, audited);
      await tx.$executeRaw`select pg_notify(${SERVING_CHANNEL}, ${`list ${data.addedRevision}`})`;
      return after;
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new ServiceError("conflict", `${value} is on the ${list} list already.`, { cause: error });
  }
}

type Named = { readonly list: string; readonly kind: string; readonly value: string };

/** What has expired gives way to a new entry of the same value. */
async function removeExpired(tx: Tx, ctx: ServiceContext, named: Named): Promise<void> {
  const where = { ...named, removedAt: null, expiresAt: { lte: ctx.now() } };
  const expired = await tx.listEntry.findFirst({ where });
  if (expired === null) return;
  const data = { removedAt: ctx.now(), removedByName: "expiry", removedRevision: await nextRevision(tx) };
  await tx.listEntry.updateMany({ where: { id: expired.id, removedAt: null }, data });
}
