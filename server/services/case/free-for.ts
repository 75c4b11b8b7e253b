import type { Prisma } from "#server/db/generated/client.ts";

/** Matches cases that nobody else holds at `now`: unclaimed, the actor's own, or with an expired claim. */
export function freeFor(actorId: string | null, now: Date): Prisma.CaseWhereInput {
  const unheld: Prisma.CaseWhereInput[] = [
    { assigneeId: null },
    { claimedUntil: null },
    { claimedUntil: { lte: now } },
  ];
  return { OR: actorId === null ? unheld : [...unheld, { assigneeId: actorId }] };
}
