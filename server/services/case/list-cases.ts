import { z } from "zod";
import { QueueOrder } from "#server/domain/case.ts";
import { requirePermission } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { type CaseRow, caseRow, caseRowInclude } from "./case-row.ts";
import { maskCase } from "./mask-case.ts";
import { QueueFilter, queueWhere } from "./queue-filter.ts";
import { behindCursor, cursorOf, queueRules } from "./queue-page.ts";

export const ListCasesInput = QueueFilter.extend({
  order: QueueOrder.default("expected_loss"),
  limit: z.int().min(1).max(100).default(50),
  cursor: z.string().max(200).nullish(),
});
export type ListCasesInput = z.infer<typeof ListCasesInput>;

export type CasePage = { readonly rows: readonly CaseRow[]; readonly nextCursor: string | null };

/**
 * A page of the queue behind `cursor`, by index and never by offset. Closed cases come newest first, whatever the
 * order asked for.
 * @throws ServiceError "forbidden", or "invalid" for a cursor that is none.
 */
export async function listCases(ctx: ServiceContext, input: ListCasesInput): Promise<CasePage> {
  requirePermission(ctx.actor, "case:read");
  const rule = queueRules[input.pile === "closed" ? "closed" : input.order];
  const behind = input.cursor ? [behindCursor(rule, input.cursor)] : [];
  const stored = await ctx.db.case.findMany({
    where: { AND: [...queueWhere(ctx, input), ...behind] },
    orderBy: rule.orderBy,
    include: caseRowInclude,
    take: input.limit + 1,
  });
  const rows = stored.slice(0, input.limit).map((row) => maskCase(caseRow(row, ctx.now()), ctx.actor));
  const last = rows.at(-1);
  const more = stored.length > input.limit && last !== undefined;
  return { rows, nextCursor: more ? cursorOf(rule, last) : null };
}
