import { z } from "zod";
import type { Prisma } from "#server/db/generated/client.ts";
import { QueueOrder } from "#server/domain/case.ts";
import { requirePermission } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { type CaseRow, caseRowInclude, caseRows } from "./case-row.ts";
import { maskCase, seesMasked } from "./mask-case.ts";
import { QueueFilter, queueParts } from "./queue-filter.ts";
import { behindCursor, cursorOf, inOrder, type QueueRule, queueRules } from "./queue-page.ts";

export const ListCasesInput = QueueFilter.extend({
  order: QueueOrder.default("expected_loss"),
  limit: z.int().min(1).max(100).default(50),
  cursor: z.string().max(200).nullish(),
});
export type ListCasesInput = z.infer<typeof ListCasesInput>;

export type CasePage = { readonly rows: readonly CaseRow[]; readonly nextCursor: string | null };

/** What the cursor of a page among masked cases begins with. */
const MASKED = "m";

/**
 * A page of the queue behind `cursor`, by index and never by offset. Closed cases come newest first, whatever the
 * order asked for. In the order of score, cases that hide theirs from the reader come last, by rank: their place would
 * tell it.
 * @throws ServiceError "forbidden", or "invalid" for a cursor that is none.
 */
export async function listCases(ctx: ServiceContext, input: ListCasesInput): Promise<CasePage> {
  requirePermission(ctx.actor, "case:read");
  const { limit, cursor, order } = input;
  const hides = order === "score" && input.pile !== "closed" && !seesMasked(ctx.actor);
  if (!hides) {
    const rule = queueRules[input.pile === "closed" ? "closed" : order];
    return readPage(ctx, input, { rule, extra: {}, limit, cursor });
  }
  const masked = { rule: queueRules.expected_loss, extra: { masked: true } };
  if (cursor?.startsWith(MASKED)) {
    return marked(await readPage(ctx, input, { ...masked, limit, cursor: cursor.slice(MASKED.length) }));
  }
  const scored = { rule: queueRules.score, extra: { masked: false } };
  const first = await readPage(ctx, input, { ...scored, limit, cursor });
  const room = limit - first.rows.length;
  if (first.nextCursor !== null) return first;
  if (room === 0) return { rows: first.rows, nextCursor: MASKED };
  const rest = marked(await readPage(ctx, input, { ...masked, limit: room, cursor: null }));
  return { rows: [...first.rows, ...rest.rows], nextCursor: rest.nextCursor };
}

function marked(page: CasePage): CasePage {
  return { ...page, nextCursor: page.nextCursor === null ? null : MASKED + page.nextCursor };
}

type Reading = {
  readonly rule: QueueRule;
  readonly extra: Prisma.CaseWhereInput;
  readonly limit: number;
  readonly cursor: string | null | undefined;
};

async function readPage(ctx: ServiceContext, filter: QueueFilter, reading: Reading): Promise<CasePage> {
  const { rule, extra, limit, cursor } = reading;
  const behind = cursor ? behindCursor(rule, cursor) : [{}];
  const conditions = queueParts(ctx, filter).flatMap((part) =>
    behind.map((place) => [...part, extra, place]),
  );
  const parts = await Promise.all(
    conditions.map((condition) =>
      ctx.db.case.findMany({
        where: { AND: condition },
        orderBy: rule.orderBy,
        include: caseRowInclude,
        take: limit + 1,
      }),
    ),
  );
  const read = await caseRows(ctx.db, parts.flat(), ctx.now());
  const inPlace = parts.length === 1 ? read : inOrder(rule, read);
  const rows = inPlace.slice(0, limit);
  const last = rows.at(-1);
  const more = inPlace.length > limit && last !== undefined;
  return {
    rows: rows.map((row) => maskCase(row, ctx.actor)),
    nextCursor: more ? cursorOf(rule, last) : null,
  };
}
