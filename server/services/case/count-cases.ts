import type { Prisma } from "#server/db/generated/client.ts";
import { requirePermission } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { seesMasked } from "./mask-case.ts";
import { type QueueFilter, queueParts, queueWhere } from "./queue-filter.ts";

/** Counting stops here; a page says "10,000+". */
const COUNT_LIMIT = 10_000;

export type QueueCounts = {
  /** a count that reaches this stands for "this many or more" */
  readonly limit: number;
  readonly matching: number;
  readonly open: number;
  readonly mine: number;
  readonly snoozed: number;
  readonly held: number;
  /** expected loss of the open cases per currency, largest first; null when there are too many to add up */
  readonly atStake: readonly { readonly currency: string; readonly expectedLossMinor: number }[] | null;
};

/** How many cases match the filter, and what lies in the queue as a whole. Each count stops at 10,000. */
export async function countCases(ctx: ServiceContext, filter: QueueFilter): Promise<QueueCounts> {
  requirePermission(ctx.actor, "case:read");
  const count = (given: Partial<QueueFilter>): Promise<number> => countParts(ctx, { pile: "open", ...given });
  const narrowed = Object.entries(filter).some(([name, value]) => name !== "pile" && value != null);
  const isAll = filter.pile === "open" && !narrowed;
  const [found, open, mine, snoozed, held] = await Promise.all([
    isAll ? null : count(filter),
    count({}),
    count({ holder: "mine" }),
    count({ pile: "snoozed" }),
    count({ pile: "held" }),
  ]);
  const atStake = open < COUNT_LIMIT ? await lossAtStake(ctx) : null;
  const matching = found ?? open;
  return { limit: COUNT_LIMIT, matching, open, mine, snoozed, held, atStake };
}

/** Parts share no case, so their counts add up. */
async function countParts(ctx: ServiceContext, filter: QueueFilter): Promise<number> {
  const counts = await Promise.all(
    queueParts(ctx, filter).map((part) =>
      ctx.db.case.count({ where: { AND: part }, orderBy: byIndex(filter), take: COUNT_LIMIT }),
    ),
  );
  return Math.min(
    COUNT_LIMIT,
    counts.reduce((sum, count) => sum + count, 0),
  );
}

/** A count that stops is put in order by Prisma: by id, and so through all history, unless told otherwise. */
function byIndex({ pile }: QueueFilter): Prisma.CaseOrderByWithRelationInput[] {
  if (pile === "closed") return [{ closedAt: "desc" }];
  return [{ heldAt: "asc" }, { snoozedUntil: "asc" }, { id: "asc" }];
}

/** Without the masked cases, where they hide their expected loss from the reader. */
async function lossAtStake(ctx: ServiceContext): Promise<NonNullable<QueueCounts["atStake"]>> {
  const sums = await ctx.db.case.groupBy({
    by: ["currency"],
    where: { AND: [queueWhere(ctx, { pile: "open" }), seesMasked(ctx.actor) ? {} : { masked: false }] },
    _sum: { expectedLossMinor: true },
    orderBy: { _sum: { expectedLossMinor: "desc" } },
  });
  return sums.map((sum) => ({
    currency: sum.currency,
    expectedLossMinor: Number(sum._sum.expectedLossMinor ?? 0),
  }));
}
