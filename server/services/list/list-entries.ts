import { z } from "zod";
import { canonicalValue, ListEffect, ListKind } from "#server/domain/list/list-entry.ts";
import { requirePermission } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { type ListEntryView, listEntryView } from "./view.ts";

export const ListEntriesInput = z.object({
  list: ListEffect,
  kind: ListKind.nullish(),
  /** exactly this value */
  value: z.string().trim().max(128).nullish(),
  /** the revision that the page before ended with */
  cursor: z
    .string()
    .regex(/^\d{1,19}$/)
    .nullish(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListEntriesInput = z.infer<typeof ListEntriesInput>;

export type ListPage = { readonly rows: readonly ListEntryView[]; readonly nextCursor: string | null };

/** What is on a list now, newest first, a page at a time; what has expired is told by its expiry. @throws ServiceError "forbidden" */
export async function listEntries(ctx: ServiceContext, input: ListEntriesInput): Promise<ListPage> {
  requirePermission(ctx.actor, "rule:read");
  const { list, kind, value, cursor, limit } = input;
  const stored = await ctx.db.listEntry.findMany({
    where: {
      list,
      removedAt: null,
      ...(kind ? { kind } : {}),
      ...(value ? { value: { in: [value, canonicalValue("ip", value)] } } : {}),
      ...(cursor ? { addedRevision: { lt: BigInt(cursor) } } : {}),
    },
    orderBy: { addedRevision: "desc" },
    take: limit + 1,
  });
  const rows = stored.slice(0, limit);
  const last = rows.at(-1);
  const more = stored.length > limit && last !== undefined;
  return { rows: rows.map(listEntryView), nextCursor: more ? String(last.addedRevision) : null };
}
