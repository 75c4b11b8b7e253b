import { z } from "zod";
import type { Tx } from "#server/db/client.ts";
import { actorId } from "#server/domain/actor.ts";
import type { PendingApproval } from "#server/domain/approval.ts";
import { Disposition } from "#server/domain/case.ts";
import { labelOfDisposition } from "#server/domain/case-words.ts";
import { requirePermission } from "#server/domain/permission.ts";
import type { ReviewSettings } from "#server/domain/review-settings.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { mayNeedApproval } from "#server/services/approval/ask-approval.ts";
import { refuseWhilePending } from "#server/services/approval/pending-approval.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { lockLabelOrder } from "#server/services/label/label-order.ts";
import { readReviewSettings } from "#server/services/review-settings/index.ts";
import { askForVerdict } from "./ask-for-verdict.ts";
import type { CaseRow } from "./case-row.ts";
import { checkText } from "./check-text.ts";
import { CaseRef } from "./claim-case.ts";
import { findCase } from "./find-case.ts";
import { whyFourEyes } from "./four-eyes.ts";
import { freeFor } from "./free-for.ts";
import { giveVerdict } from "./give-verdict.ts";
import { type LinkedForVerdict, linkedForVerdict, type SkippedPayment } from "./linked-for-verdict.ts";
import { conflictOf } from "./refusal.ts";
import { closeLinked } from "./verdict-on-linked.ts";

/** What the verdict took, as the page measured it. */
const Work = z.strictObject({
  seconds: z.number().min(0).max(86_400),
  keystrokes: z.int().min(0).max(100_000),
  clicks: z.int().min(0).max(100_000),
});

export const CloseCaseInput = CaseRef.extend({
  disposition: Disposition,
  /** of the case as the analyst saw it */
  version: z.int(),
  reason: z.string().trim().max(2000).nullish(),
  /** payments that share customer, card, device or address, which the verdict is applied to as well */
  alsoTransactionIds: z.array(z.string().min(1).max(128)).max(100).nullish(),
  work: Work.nullish(),
});
export type CloseCaseInput = z.infer<typeof CloseCaseInput>;

export type ClosedCase = CaseRow & {
  /** the linked payments that the verdict was applied to, and those it was not */
  readonly linked: {
    readonly judged: readonly string[];
    readonly skipped: readonly SkippedPayment[];
  };
};

/**
 * Ends a case, and every case joined to it, with a verdict. Fraud and legitimate become an analyst's label of each
 * payment at once, in the same transaction, with audit row, timeline and event; not sure teaches nothing. The first of
 * two wins; the other learns who was first. Where the review settings ask for four eyes the case waits, held back,
 * for a second person instead.
 * @throws ServiceError "forbidden", "invalid", "not_found", or "conflict" (closed, changed, joined, or held by another).
 */
export async function closeCase(
  ctx: ServiceContext,
  input: CloseCaseInput,
): Promise<ClosedCase | PendingApproval> {
  requirePermission(ctx.actor, "case:work");
  checkText(input.reason, "reason");
  return inTransaction(ctx, async (tx) => {
    if (labelOfDisposition[input.disposition] !== null) await lockLabelOrder(tx);
    return closeCaseIn(tx, ctx, input);
  });
}

/** `closeCase` inside a transaction that holds the label order. */
export async function closeCaseIn(
  tx: Tx,
  ctx: ServiceContext,
  input: CloseCaseInput,
): Promise<ClosedCase | PendingApproval> {
  const settings = await readReviewSettings(tx);
  requireReason(settings, input);
  const { caseId, disposition, version } = input;
  const before = await findCase(tx, ctx, caseId);
  if (before.status === "joined") throw await joinedElsewhere(tx, before);
  const joined = await tx.case.findMany({
    where: { joinedToId: caseId, status: "joined" },
    select: { transactionId: true },
  });
  const own = [before.transactionId, ...joined.map((row) => row.transactionId)];
  const linked = await linkedForVerdict(tx, own, input.alsoTransactionIds ?? []);
  if (mayNeedApproval(ctx) && before.status === "open") {
    const transactionIds = [...own, ...linked.transactionIds, ...linked.cases.values()];
    const judged = { transactionIds, label: labelOfDisposition[disposition] };
    const because = await whyFourEyes(tx, settings, judged);
    if (because !== null) return askForVerdict(tx, ctx, input, because);
  }
  return closeNow(tx, ctx, { input, linked, where: { id: caseId, version } });
}

type Closing = {
  readonly input: CloseCaseInput;
  readonly linked: LinkedForVerdict;
  readonly where: { readonly id: string; readonly version: number };
};

async function closeNow(tx: Tx, ctx: ServiceContext, { input, linked, where }: Closing): Promise<ClosedCase> {
  const { caseId, disposition } = input;
  const me = ctx.actor.kind === "user" ? ctx.actor.id : null;
  const reason = input.reason || null;
  const applied = await closeLinked(tx, ctx, linked, { caseId, disposition, reason });
  const { transactionIds, caseIds } = applied;
  const body = transactionIds.length + caseIds.length === 0 ? {} : { linked: { transactionIds, caseIds } };
  const closed = await giveVerdict(
    tx,
    ctx,
    { AND: [where, freeFor(me, ctx.now())] },
    { disposition, reason, body },
  );
  const row = await findCase(tx, ctx, caseId);
  if (ctx.approved === undefined) await refuseWhilePending(tx, caseId);
  if (closed.length === 0) throw conflictOf(row, actorId(ctx.actor));
  if (input.work && me !== null) {
    await tx.caseWork.create({ data: { caseId, userId: me, at: ctx.now(), disposition, ...input.work } });
  }
  return { ...row, linked: { judged: applied.judged, skipped: [...linked.skipped, ...applied.skipped] } };
}

/** @throws ServiceError "invalid" */
function requireReason(settings: ReviewSettings, input: CloseCaseInput): void {
  const { disposition, reason, alsoTransactionIds } = input;
  if (settings.reasonRequiredFor.includes(disposition) && !reason) {
    throw new ServiceError(
      "invalid",
      `Say why: the verdict ${disposition.replace("_", " ")} needs a reason.`,
    );
  }
  if (labelOfDisposition[disposition] === null && alsoTransactionIds && alsoTransactionIds.length > 0) {
    throw new ServiceError("invalid", "Only fraud or legitimate can be applied to linked payments.");
  }
}

async function joinedElsewhere(tx: Tx, row: CaseRow): Promise<ServiceError> {
  const root = await tx.case.findUnique({
    where: { id: row.joinedToId ?? "" },
    select: { number: true },
  });
  return new ServiceError(
    "conflict",
    `Case ${row.number} is worked on as part of case ${root?.number ?? "–"}; give the verdict there.`,
  );
}
