import type { Tx } from "#server/db/client.ts";
import type { Disposition } from "#server/domain/case.ts";
import { labelOfDisposition } from "#server/domain/case-words.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { addVerdictLabels } from "#server/services/label/verdict-labels.ts";
import { freeFor } from "./free-for.ts";
import { giveVerdict } from "./give-verdict.ts";
import type { LinkedForVerdict, SkippedPayment } from "./linked-for-verdict.ts";
import { waitingForApproval, whySkipped } from "./skipped.ts";

export type AppliedToLinked = {
  /** labelled, having no case */
  readonly transactionIds: string[];
  /** closed with the same verdict */
  readonly caseIds: string[];
  /** every linked payment that has the verdict now */
  readonly judged: string[];
  readonly skipped: SkippedPayment[];
};

type Applied = {
  /** of the case that the verdict was given on */
  readonly caseId: string;
  readonly disposition: Disposition;
  readonly reason: string | null;
};

/**
 * Applies a verdict to the linked payments: a label where there is no case, otherwise the case is closed as well. Cases
 * that are closed already, held by another or waiting for a second person are left as they are, and told.
 */
export async function closeLinked(
  tx: Tx,
  ctx: ServiceContext,
  linked: LinkedForVerdict,
  verdict: Applied,
): Promise<AppliedToLinked> {
  const { disposition, reason, caseId } = verdict;
  const label = labelOfDisposition[disposition];
  const transactionIds = [...linked.transactionIds];
  if (label !== null) {
    await addVerdictLabels(tx, ctx, { transactionIds, label, at: ctx.now(), note: reason });
  }
  const asked = [...linked.cases.keys()];
  if (asked.length === 0) return { transactionIds, caseIds: [], judged: transactionIds, skipped: [] };
  const waiting = await waitingForApproval(tx, asked);
  const me = ctx.actor.kind === "user" ? ctx.actor.id : null;
  const free = { id: { in: asked.filter((id) => !waiting.has(id)) }, AND: [freeFor(me, ctx.now())] };
  const closed = await giveVerdict(tx, ctx, free, { disposition, reason, body: { withCaseId: caseId } });
  const done = new Set(closed.map((row) => row.id));
  const left = await whySkipped(
    tx,
    ctx,
    asked.filter((id) => !done.has(id)),
  );
  return {
    transactionIds,
    caseIds: closed.flatMap((row) => (row.joinedToId === null ? row.id : [])),
    judged: [...transactionIds, ...closed.map((row) => row.transactionId)],
    skipped: left.map((row) => ({ transactionId: linked.cases.get(row.caseId) ?? "", why: row.why })),
  };
}
