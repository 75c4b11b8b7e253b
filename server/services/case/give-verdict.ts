import type { Tx } from "#server/db/client.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import type { Disposition } from "#server/domain/case.ts";
import { labelOfDisposition } from "#server/domain/case-words.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { addVerdictLabels } from "#server/services/label/verdict-labels.ts";
import { drawSecondReviews } from "./draw-second-reviews.ts";
import { type Told, tellOf } from "./tell-of.ts";

export type Verdict = {
  readonly disposition: Disposition;
  readonly reason: string | null;
  /** more about the verdict, for the timeline of each case that was not joined to another */
  readonly body?: Prisma.InputJsonObject;
  /** whose verdict it is, where that is not the actor's: one put back as it was */
  readonly firstReviewerId?: string | null;
};

export type Closed = {
  readonly id: string;
  readonly number: number;
  readonly transactionId: string;
  readonly joinedToId: string | null;
};

const closedFields = { id: true, number: true, transactionId: true, joinedToId: true } as const;

/**
 * Closes the open cases that match, and every case joined to one of them, with one verdict: labels, timelines, audit
 * rows, events for webhooks, and the draw of who is reviewed again. The caller holds the label order where the verdict
 * is a label. Returns what was closed, the matching ones first.
 */
export async function giveVerdict(
  tx: Tx,
  ctx: ServiceContext,
  where: Prisma.CaseWhereInput,
  verdict: Verdict,
): Promise<Closed[]> {
  const reviewerId = verdict.firstReviewerId ?? (ctx.actor.kind === "user" ? ctx.actor.id : null);
  const data = closing(ctx, verdict.disposition, reviewerId);
  const roots = await tx.case.updateManyAndReturn({
    where: { AND: [{ status: "open" }, where] },
    data,
    select: closedFields,
  });
  if (roots.length === 0) return [];
  const joined = await tx.case.updateManyAndReturn({
    where: { status: "joined", joinedToId: { in: roots.map((row) => row.id) } },
    data,
    select: closedFields,
  });
  const closed = [...roots, ...joined];
  const label = labelOfDisposition[verdict.disposition];
  if (label !== null) {
    const transactionIds = closed.map((row) => row.transactionId);
    await addVerdictLabels(tx, ctx, { transactionIds, label, at: ctx.now(), note: verdict.reason });
    const caseIds = roots.map((row) => row.id);
    const first = { caseIds, reviewerId, disposition: verdict.disposition };
    await drawSecondReviews(tx, ctx.now(), first);
  }
  await tellOf(tx, ctx, ...closed.map((row) => toldOf(row, verdict)));
  await tx.outboxEvent.createMany({ data: closed.map((row) => eventOf(ctx, row, verdict)) });
  return closed;
}

function closing(
  ctx: ServiceContext,
  disposition: Disposition,
  closedById: string | null,
): Prisma.CaseUncheckedUpdateManyInput {
  return {
    status: "closed",
    disposition,
    closedAt: ctx.now(),
    closedById,
    assigneeId: null,
    claimedUntil: null,
    snoozedUntil: null,
    heldAt: null,
    version: { increment: 1 },
  };
}

function toldOf(row: Closed, { disposition, reason, body = {} }: Verdict): Told {
  const said = { disposition, reason };
  const more = row.joinedToId === null ? body : { withCaseId: row.joinedToId };
  return {
    caseId: row.id,
    action: "case.close",
    kind: "closed",
    body: { ...said, ...more },
    before: { status: row.joinedToId === null ? "open" : "joined", disposition: null },
    after: { status: "closed", ...said, ...more },
  };
}

function eventOf(ctx: ServiceContext, row: Closed, verdict: Verdict): Prisma.OutboxEventCreateManyInput {
  const { id: caseId, transactionId } = row;
  const closedAt = ctx.now().toISOString();
  const payload = { caseId, transactionId, disposition: verdict.disposition, closedAt };
  return { at: ctx.now(), type: "case.closed", payload };
}
