import { z } from "zod";
import type { Prisma } from "#server/db/generated/client.ts";
import { actorId } from "#server/domain/actor.ts";
import { labelOfDisposition } from "#server/domain/case-words.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { mayNeedApproval } from "#server/services/approval/ask-approval.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { readReviewSettings } from "#server/services/review-settings/index.ts";
import { BulkAction, type BulkItem, MOST_IN_BULK } from "./bulk-action.ts";
import { eligibleFor } from "./bulk-eligible.ts";
import { whyBulkFourEyes } from "./bulk-four-eyes.ts";
import { QueueFilter, queueWhere } from "./queue-filter.ts";
import { type Skipped, waitingForApproval, whySkipped } from "./skipped.ts";

export const PreviewBulkInput = z.strictObject({
  /** these cases, or the first 1,000 of those that the filter matches */
  chosen: z.union([
    z.strictObject({ caseIds: z.array(z.string().min(1).max(128)).min(1).max(MOST_IN_BULK) }),
    z.strictObject({ filter: QueueFilter }),
  ]),
  action: BulkAction,
});
export type PreviewBulkInput = z.infer<typeof PreviewBulkInput>;

export type BulkPreview = {
  /** what would be changed; execute takes them as they are */
  readonly items: readonly BulkItem[];
  readonly money: readonly {
    readonly currency: string;
    readonly cases: number;
    readonly amountMinor: number;
  }[];
  /** cases that would stay as they are, and why */
  readonly skipped: readonly Skipped[];
  /** of the skipped, those that somebody else holds */
  readonly heldByOthers: number;
  /** whether the filter matches more than are taken at once */
  readonly hasMore: boolean;
  /** why a second person is needed, in words; null when none is */
  readonly needsApproval: string | null;
};

const fields = {
  id: true,
  version: true,
  status: true,
  amountMinor: true,
  currency: true,
  assigneeId: true,
  claimedUntil: true,
} as const;
type Chosen = Prisma.CaseGetPayload<{ select: typeof fields }>;

/**
 * What a bulk change would do, without doing it: how many cases, the money by currency, and what is left out and why.
 * @throws ServiceError "forbidden".
 */
export async function previewBulk(ctx: ServiceContext, input: PreviewBulkInput): Promise<BulkPreview> {
  requirePermission(ctx.actor, "case:bulk");
  const { action, chosen } = input;
  const { ids, hasMore } = await chosenIds(ctx, chosen);
  const waiting = await waitingForApproval(ctx.db, ids);
  const found = await ctx.db.case.findMany({
    where: { id: { in: ids.filter((id) => !waiting.has(id)) }, AND: [eligibleFor(ctx, action)] },
    select: fields,
  });
  const rows = new Map(found.map((row) => [row.id, row]));
  const left = ids.filter((id) => !rows.has(id));
  const items = ids.flatMap((caseId) => rows.get(caseId) ?? []);
  return {
    items: items.map(({ id, version }) => ({ caseId: id, version })),
    money: moneyOf(items),
    skipped: await whySkipped(ctx.db, ctx, left),
    heldByOthers: await heldByOthers(ctx, left),
    hasMore,
    needsApproval: await whyApproval(
      ctx,
      action,
      items.map((row) => row.id),
    ),
  };
}

async function chosenIds(
  ctx: ServiceContext,
  chosen: PreviewBulkInput["chosen"],
): Promise<{ ids: string[]; hasMore: boolean }> {
  if ("caseIds" in chosen) return { ids: [...new Set(chosen.caseIds)], hasMore: false };
  const found = await ctx.db.case.findMany({
    where: queueWhere(ctx, chosen.filter),
    orderBy: chosen.filter.pile === "closed" ? { closedAt: "desc" } : [{ rankMinor: "desc" }, { id: "asc" }],
    select: { id: true },
    take: MOST_IN_BULK + 1,
  });
  return {
    ids: found.slice(0, MOST_IN_BULK).map((row) => row.id),
    hasMore: found.length > MOST_IN_BULK,
  };
}

function moneyOf(rows: readonly Chosen[]): BulkPreview["money"] {
  const byCurrency = Map.groupBy(rows, (row) => row.currency);
  return [...byCurrency]
    .map(([currency, group]) => ({
      currency,
      cases: group.length,
      amountMinor: Number(group.reduce((sum, row) => sum + row.amountMinor, 0n)),
    }))
    .sort((a, b) => b.cases - a.cases);
}

function heldByOthers(ctx: ServiceContext, ids: readonly string[]): Promise<number> {
  return ctx.db.case.count({
    where: {
      id: { in: [...ids] },
      status: "open",
      assigneeId: { not: actorId(ctx.actor) ?? "nobody" },
      claimedUntil: { gt: ctx.now() },
    },
  });
}

async function whyApproval(
  ctx: ServiceContext,
  action: BulkAction,
  caseIds: readonly string[],
): Promise<string | null> {
  if (action.kind !== "close" || !mayNeedApproval(ctx)) return null;
  const settings = await readReviewSettings(ctx.db);
  return whyBulkFourEyes(ctx.db, settings, { caseIds, label: labelOfDisposition[action.disposition] });
}
