import { Prisma } from "#server/db/generated/client.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { type BlindCase, blindCase } from "./blind-case.ts";
import { requireReviewer } from "./require-reviewer.ts";
import { waitingFor } from "./waiting.ts";

export type SecondReviewDesk = {
  /** what the actor holds now; null when nothing */
  readonly current: BlindCase | null;
  /** how many others wait that the actor may take; counted up to 1,000 */
  readonly waiting: number;
};

const MOST_COUNTED = 1_000;

/** What waits for the actor's second look. @throws ServiceError "forbidden" */
export async function readDesk(ctx: ServiceContext): Promise<SecondReviewDesk> {
  const me = requireReviewer(ctx);
  const now = ctx.now();
  const [held, counted] = await Promise.all([
    ctx.db.secondReview.findFirst({
      where: { reviewerId: me, reviewedAt: null, claimedUntil: { gt: now } },
      orderBy: { id: "asc" },
      select: { id: true },
    }),
    ctx.db.$queryRaw<{ waiting: number }[]>(Prisma.sql`
      select count(*)::int as waiting from (select 1 ${waitingFor(me, now)} limit ${MOST_COUNTED}) as counted`),
  ]);
  return {
    current: held === null ? null : await blindCase(ctx, held.id),
    waiting: counted[0]?.waiting ?? 0,
  };
}
