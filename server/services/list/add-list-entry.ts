import type { Tx } from "#server/db/client.ts";
import { isUniqueViolation } from "#server/db/unique-violation.ts";
import { actorId } from "#server/domain/actor.ts";
import type { PendingApproval } from "#server/domain/approval.ts";
import { canonicalValue, NewListEntry } from "#server/domain/list/list-entry.ts";
import { SERVING_CHANNEL } from "#server/domain/model-version.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { orAskApproval, refuseAlone } from "#server/services/approval/four-eyes.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { nextRevision } from "./list-revision.ts";
import { type ListEntryView, listEntryView } from "./view.ts";

/**
 * Puts something on the block or the allow list; scoring servers heed it within seconds.
 * @throws ServiceError "forbidden", "invalid", or "conflict" when it is on that list already
 */
export async function addListEntry(ctx: ServiceContext, input: NewListEntry): Promise<ListEntryView> {
  requirePermission(ctx.actor, "list:write");
  const entry = checkedEntry(input, ctx.now());
  return settlingRaces(entry, () =>
    inTransaction(ctx, async (tx) => {
      if (entry.list === "block") await refuseAlone(tx, ctx, "blockListing");
      return addListEntryIn(tx, ctx, entry);
    }),
  );
}

/** `addListEntry`, or where the review settings ask for four eyes a request to a second person. */
export async function proposeListEntry(
  ctx: ServiceContext,
  input: NewListEntry,
): Promise<ListEntryView | PendingApproval> {
  requirePermission(ctx.actor, "list:write");
  const entry = checkedEntry(input, ctx.now());
  const { list, kind, value } = entry;
  return settlingRaces(entry, () =>
    inTransaction(ctx, async (tx) => {
      const make = (): Promise<ListEntryView> => addListEntryIn(tx, ctx, entry);
      if (list !== "block") return make();
      const standing = { list, kind, value, removedAt: null, NOT: { expiresAt: { lte: ctx.now() } } };
      if ((await tx.listEntry.findFirst({ where: standing })) !== null) throw listed(entry);
      const subject = { subjectType: "list_entry", subjectId: `${list}:${kind}:${value}` };
      const asked = { kind: "list.add", ...subject, payload: entry } as const;
      return orAskApproval(tx, ctx, "blockListing", { asked, make });
    }),
  );
}

/** The entry itself, in the transaction of its caller. @throws ServiceError "invalid" */
export async function addListEntryIn(
  tx: Tx,
  ctx: ServiceContext,
  input: NewListEntry,
): Promise<ListEntryView> {
  const now = ctx.now();
  const { list, kind, value, reason, expiresAt } = checkedEntry(input, now);
  await removeExpired(tx, ctx, { list, kind, value });
  const data = {
    list,
    kind,
    value,
    reason,
    addedAt: now,
    addedByName: ctx.actor.name,
    addedById: actorId(ctx.actor),
    expiresAt: expiresAt === null ? null : new Date(expiresAt),
    addedRevision: await nextRevision(tx),
  };
  const after = listEntryView(await tx.listEntry.create({ data }));
  await recordAudit(tx, ctx, { action: "list.add", subjectType: "list_entry", subjectId: after.id, after });
  await tx.$executeRaw`select pg_notify(${SERVING_CHANNEL}, ${`list ${data.addedRevision}`})`;
  return after;
}

/** The entry as it is stored. @throws ServiceError "invalid" */
function checkedEntry(input: NewListEntry, now: Date): NewListEntry {
  const parsed = NewListEntry.safeParse(input);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue?.path.join(".") ?? "entry";
    throw new ServiceError("invalid", `${place}: ${issue?.message ?? "not valid"}`);
  }
  const { kind, value, expiresAt } = parsed.data;
  if (expiresAt !== null && new Date(expiresAt) <= now) {
    throw new ServiceError("invalid", "The expiry has passed already.");
  }
  return { ...parsed.data, value: canonicalValue(kind, value) };
}

async function settlingRaces<T>(entry: NewListEntry, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isUniqueViolation(error) ? listed(entry, error) : error;
  }
}

function listed({ value, list }: NewListEntry, cause?: unknown): ServiceError {
  return new ServiceError("conflict", `${value} is on the ${list} list already.`, { cause });
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
