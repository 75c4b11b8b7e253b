import { z } from "zod";
import { requirePermission } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { type CaseRow, caseRowInclude, caseRows } from "./case-row.ts";
import { maskCase } from "./mask-case.ts";

export const RowsByIdInput = z.strictObject({
  caseIds: z.array(z.string().min(1).max(128)).max(100),
});
export type RowsByIdInput = z.infer<typeof RowsByIdInput>;

/**
 * The cases as they stand now, closed and joined ones too, so that a list can tell in place what became of its rows.
 * In no order; ids that are no case's are left out.
 * @throws ServiceError "forbidden".
 */
export async function rowsById(ctx: ServiceContext, input: RowsByIdInput): Promise<CaseRow[]> {
  requirePermission(ctx.actor, "case:read");
  const stored = await ctx.db.case.findMany({
    where: { id: { in: input.caseIds } },
    include: caseRowInclude,
  });
  const rows = await caseRows(ctx.db, stored, ctx.now());
  return rows.map((row) => maskCase(row, ctx.actor));
}
