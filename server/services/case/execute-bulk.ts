import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Tx } from "#server/db/client.ts";
import type { PendingApproval } from "#server/domain/approval.ts";
import { labelOfDisposition } from "#server/domain/case-words.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { askApproval, mayNeedApproval } from "#server/services/approval/ask-approval.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { lockLabelOrder } from "#server/services/label/label-order.ts";
import { readReviewSettings } from "#server/services/review-settings/index.ts";
import { applyBulk, type BeforeBulk } from "./apply-bulk.ts";
import { BULK_UNDO_SECONDS, BulkAction, type BulkItem, BulkItems } from "./bulk-action.ts";
import { whyBulkFourEyes } from "./bulk-four-eyes.ts";
import { packBulk, type WasBefore } from "./bulk-record.ts";
import { checkText } from "./check-text.ts";
import { type Skipped, waitingForApproval, whySkipped } from "./skipped.ts";

export const ExecuteBulkInput = z.strictObject({ action: BulkAction, items: BulkItems });
export type ExecuteBulkInput = z.infer<typeof ExecuteBulkInput>;

export type BulkDone = {
  readonly status: "done";
  /** undone under this id */
  readonly bulkId: string;
  readonly changed: readonly string[];
  readonly skipped: readonly Skipped[];
  readonly undoUntil: string;
};

/** Cases changed by one statement. */
const CHUNK = 250;

/**
 * Does what a preview showed to the cases that are still as it saw them, all in one transaction: an audit row for each
 * and one for the whole. Others are skipped, and told. Verdicts that need a second person wait for one as a whole.
 * @throws ServiceError "forbidden" or "invalid".
 */
export async function executeBulk(
  ctx: ServiceContext,
  input: ExecuteBulkInput,
): Promise<BulkDone | PendingApproval> {
  requirePermission(ctx.actor, "case:bulk");
  const { action, items } = input;
  if ("reason" in action) checkText(action.reason, "reason");
  return inTransaction(ctx, async (tx) => {
    if (action.kind === "close" || action.kind === "reopen") await lockLabelOrder(tx);
    if (action.kind === "close" && mayNeedApproval(ctx)) {
      const judged = {
        caseIds: items.map((item) => item.caseId),
        label: labelOfDisposition[action.disposition],
      };
      const because = await whyBulkFourEyes(tx, await readReviewSettings(tx), judged);
      if (because !== null) return askForBulk(tx, ctx, input, because);
    }
    return executeBulkIn(tx, ctx, input);
  });
}

/** The change itself, inside a transaction that holds the label order. @throws ServiceError "invalid", "conflict" */
export async function executeBulkIn(tx: Tx, ctx: ServiceContext, input: ExecuteBulkInput): Promise<BulkDone> {
  const { action } = input;
  await requireReason(tx, action);
  const items = [...new Map(input.items.map((item) => [item.caseId, item])).values()];
  const ids = items.map((item) => item.caseId);
  const waiting = await waitingForApproval(tx, ids);
  const free = items.filter((item) => !waiting.has(item.caseId));
  const before: BeforeBulk[] = [];
  for (let from = 0; from < free.length; from += CHUNK) {
    before.push(...(await applyBulk(tx, ctx, action, free.slice(from, from + CHUNK))));
  }
  const changed = before.map((row) => row.id);
  if (changed.length === 0 && ctx.approved !== undefined) {
    throw new ServiceError("conflict", "None of the cases is as it was.");
  }
  const bulkId = randomUUID();
  await recordBulk(tx, ctx, { bulkId, action, before, asked: items.length });
  const done = new Set(changed);
  const skipped = await whySkipped(
    tx,
    ctx,
    ids.filter((id) => !done.has(id)),
  );
  const undoUntil = new Date(ctx.now().getTime() + BULK_UNDO_SECONDS * 1000).toISOString();
  return { status: "done", bulkId, changed, skipped, undoUntil };
}

type Recorded = {
  readonly bulkId: string;
  readonly action: BulkAction;
  readonly before: readonly BeforeBulk[];
  readonly asked: number;
};

/** One row tells the whole, and keeps what undoing it needs; each case has a row of its own beside it. */
async function recordBulk(tx: Tx, ctx: ServiceContext, recorded: Recorded): Promise<void> {
  const { bulkId, action, before, asked } = recorded;
  const now = await tx.case.findMany({
    where: { id: { in: before.map((row) => row.id) } },
    select: { id: true, version: true },
  });
  const versions = new Map(now.map((row) => [row.id, row.version]));
  const packed = packBulk(
    action.kind,
    before.map((row) => ({ number: row.number, version: versions.get(row.id) ?? 0, was: wasOf(row) })),
  );
  const counts = { changed: before.length, skipped: asked - before.length };
  await recordAudit(tx, ctx, {
    action: "case.bulk",
    subjectType: "case_bulk",
    subjectId: bulkId,
    before: packed.before,
    after: { action, ...counts, versions: packed.versions },
  });
}

function wasOf({ snoozedUntil, dueAt, ownerId, queueId, disposition, closedById }: BeforeBulk): WasBefore {
  const times = {
    snoozedUntil: snoozedUntil?.toISOString() ?? null,
    dueAt: dueAt?.toISOString() ?? null,
  };
  return { ownerId, queueId, disposition, closedById, ...times };
}

async function requireReason(tx: Tx, action: BulkAction): Promise<void> {
  if (action.kind !== "close" || action.reason) return;
  const { reasonRequiredFor } = await readReviewSettings(tx);
  if (!reasonRequiredFor.includes(action.disposition)) return;
  const verdict = action.disposition.replace("_", " ");
  throw new ServiceError("invalid", `Say why: the verdict ${verdict} needs a reason.`);
}

async function askForBulk(
  tx: Tx,
  ctx: ServiceContext,
  { action, items }: { readonly action: BulkAction; readonly items: readonly BulkItem[] },
  because: string,
): Promise<PendingApproval> {
  await requireReason(tx, action);
  return askApproval(tx, ctx, {
    kind: "case.bulk",
    subjectType: "case_bulk",
    subjectId: randomUUID(),
    payload: { action, items: [...items] },
    because,
  });
}
