import type { ServiceContext } from "#server/services/context.ts";

/** A case that is worked on as part of another, as what happened to it is marked. */
export type JoinedPart = {
  readonly caseId: string;
  readonly number: number;
  readonly transactionId: string;
};

const MOST_PARTS = 100;

/** The cases joined to a case, now or when it was closed: the oldest 100. */
export async function joinedParts(ctx: ServiceContext, caseId: string): Promise<JoinedPart[]> {
  const cases = await ctx.db.case.findMany({
    where: { joinedToId: caseId },
    select: { id: true, number: true, transactionId: true },
    orderBy: { number: "asc" },
    take: MOST_PARTS,
  });
  return cases.map(({ id, ...rest }) => ({ caseId: id, ...rest }));
}
