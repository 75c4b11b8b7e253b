import { z } from "zod";
import { ListEffect, ListKind, NewListEntry } from "#server/domain/list/list-entry.ts";
import { addListEntry, ListEntriesInput, listEntries, removeListEntry } from "#server/services/list/index.ts";
import { permitted, router } from "../trpc.ts";

const ListEntryView = z.object({
  id: z.string(),
  list: ListEffect,
  kind: ListKind,
  value: z.string(),
  reason: z.string(),
  addedAt: z.string(),
  addedBy: z.string(),
  expiresAt: z.string().nullable(),
  removedAt: z.string().nullable(),
  removedBy: z.string().nullable(),
});

export const listRouter = router({
  entries: permitted("rule:read")
    .input(ListEntriesInput)
    .output(z.object({ rows: z.array(ListEntryView).readonly(), nextCursor: z.string().nullable() }))
    .query(({ ctx, input }) => listEntries(ctx, input)),

  add: permitted("list:write")
    .input(NewListEntry)
    .output(ListEntryView)
    .mutation(({ ctx, input }) => addListEntry(ctx, input)),

  remove: permitted("list:write")
    .input(z.object({ entryId: z.string().min(1).max(64) }))
    .output(ListEntryView)
    .mutation(({ ctx, input }) => removeListEntry(ctx, input)),
});
