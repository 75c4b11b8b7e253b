import { z } from "zod";
import { PendingApproval } from "#server/domain/approval.ts";
import { ListEffect, ListKind, NewListEntry } from "#server/domain/list/list-entry.ts";
import {
  ListEntriesInput,
  listEntries,
  proposeListEntry,
  removeListEntry,
} from "#server/services/list/index.ts";
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
    .output(z.union([ListEntryView, PendingApproval]))
    .mutation(({ ctx, input }) => proposeListEntry(ctx, input)),

  remove: permitted("list:write")
    .input(z.object({ entryId: z.string().min(1).max(64) }))
    .output(ListEntryView)
    .mutation(({ ctx, input }) => removeListEntry(ctx, input)),
});
