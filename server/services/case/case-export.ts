import { z } from "zod";
import type { Prisma } from "#server/db/generated/client.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { type CaseFileRow, caseFiles } from "./case-files.ts";
import { casesOf, MOST_PAYMENTS } from "./case-payments.ts";
import type { CaseRow } from "./case-row.ts";
import type { TimelineEvent } from "./case-timeline.ts";
import { CaseRef } from "./claim-case.ts";
import { type ExportedPayment, exportedInclude, exportedPayment } from "./exported-payment.ts";
import { findCase } from "./find-case.ts";
import { getCase } from "./get-case.ts";

export const ExportCaseInput = CaseRef.extend({
  /** what it is exported for, as the audit log tells it */
  format: z.enum(["print", "json"]),
});
export type ExportCaseInput = z.infer<typeof ExportCaseInput>;

/** A case with all that was known when its payments were decided, and since. */
export type CaseExport = {
  readonly format: "assay.case/1";
  readonly exportedAt: string;
  readonly exportedBy: string;
  /** what is kept from whoever exported it, in words; null where nothing is */
  readonly withheld: string | null;
  readonly case: CaseRow;
  readonly payments: readonly ExportedPayment[];
  readonly timeline: readonly TimelineEvent[];
  /** without their content, which the hash identifies */
  readonly files: readonly CaseFileRow[];
};

const include = { transaction: { include: exportedInclude } } satisfies Prisma.CaseInclude;

/**
 * Everything of a case for a dispute or an auditor, as the reader may see it. Each export leaves an audit row.
 * @throws ServiceError "forbidden" or "not_found".
 */
export async function exportCase(ctx: ServiceContext, input: ExportCaseInput): Promise<CaseExport> {
  const { caseId, format } = input;
  const detail = await getCase(ctx, { caseId });
  const hidden = new Set(detail.payments.rows.flatMap((row) => (row.hidden ? [row.transactionId] : [])));
  const cases = await ctx.db.case.findMany({
    where: casesOf(caseId),
    include,
    orderBy: { number: "asc" },
    take: MOST_PAYMENTS,
  });
  const payments = await Promise.all(
    cases.map((row) => exportedPayment(ctx, row.transaction, hidden.has(row.transactionId))),
  );
  const files = await caseFiles(ctx, { caseId });
  const row = await inTransaction(ctx, async (tx) => {
    const { number } = detail;
    const after = { format, number, payments: payments.length, withheld: hidden.size > 0 };
    await recordAudit(tx, ctx, { action: "case.export", subjectType: "case", subjectId: caseId, after });
    return findCase(tx, ctx, caseId);
  });
  return {
    format: "assay.case/1",
    exportedAt: ctx.now().toISOString(),
    exportedBy: ctx.actor.name,
    withheld: hidden.size > 0 ? WITHHELD : null,
    case: row,
    payments,
    timeline: detail.timeline,
    files,
  };
}

const WITHHELD =
  "The verdict on this case is asked for without the model's opinion: score, reasons, rules and expected loss can be exported once it is closed.";
