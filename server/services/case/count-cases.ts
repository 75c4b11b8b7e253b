import { requirePermission } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { type QueueFilter, queueWhere } from "./queue-filter.ts";

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
  const count = (given: Partial<QueueFilter>): Promise<number> =>
    ctx.db.case.count({ where: { AND: queueWhere(ctx, { pile: "open", ...given }) }, take: COUNT_LIMIT });
  const [matching, open, mine, snoozed, held] = await Promise.all([
    count(filter),
    count({}),
    count({ holder: "mine" }),
    count({ pile: "snoozed" }),
    count({ pile: "held" }),
  ]);
  const atStake = open < COUNT_LIMIT ? await lossAtStake(ctx) : null;
  return { limit: COUNT_LIMIT, matching, open, mine, snoozed, held, atStake };
}

async function lossAtStake(ctx: ServiceContext): Promise<NonNullable<QueueCounts["atStake"]>> {
  const sums = await ctx.db.case.groupBy({
    by: ["currency"],
    where: { AND: queueWhere(ctx, { pile: "open" }) },
    _sum: { expectedLossMinor: true },
    orderBy: { _sum: { expectedLossMinor: "desc" } },
  });
  return sums.map((sum) => ({
    currency: sum.currency,
    expectedLossMinor: Number(sum._sum.expectedLossMinor ?? 0),
  }));
}
