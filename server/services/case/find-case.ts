import type { Tx } from "#server/db/client.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { type CaseRow, caseRow, caseRowInclude } from "./case-row.ts";

/** @throws ServiceError "not_found" */
export async function findCase(tx: Tx, caseId: string, now: Date): Promise<CaseRow> {
  const stored = await tx.case.findUnique({ where: { id: caseId }, include: caseRowInclude });
  if (stored === null) throw new ServiceError("not_found", "There is no such case.");
  return caseRow(stored, now);
}
