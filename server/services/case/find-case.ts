import type { Tx } from "#server/db/client.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { type CaseRow, caseRow, caseRowInclude } from "./case-row.ts";
import { maskCase } from "./mask-case.ts";

/** The case as the actor may see it. @throws ServiceError "not_found" */
export async function findCase(tx: Tx, ctx: ServiceContext, caseId: string): Promise<CaseRow> {
  const stored = await tx.case.findUnique({ where: { id: caseId }, include: caseRowInclude });
  if (stored === null) throw new ServiceError("not_found", "There is no such case.");
  return maskCase(await caseRow(tx, stored, ctx.now()), ctx.actor);
}
