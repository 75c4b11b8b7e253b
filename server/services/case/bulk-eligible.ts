import type { Prisma } from "#server/db/generated/client.ts";
import { actorId } from "#server/domain/actor.ts";
import type { ServiceContext } from "#server/services/context.ts";
import type { BulkAction, BulkItem } from "./bulk-action.ts";
import { freeFor } from "./free-for.ts";

/** What a case has to be for the action to change it, approvals apart. */
export function eligibleFor(ctx: ServiceContext, action: BulkAction): Prisma.CaseWhereInput {
  const free = freeFor(actorId(ctx.actor), ctx.now());
  switch (action.kind) {
    case "assign":
      return { status: "open", AND: [notOwnedBy(action.userId)] };
    case "close":
    case "snooze":
      return { status: "open", AND: [free] };
    case "reopen":
      return { status: "closed", joinedToId: null };
    case "route":
      return { status: "open", OR: [{ queueId: null }, { queueId: { not: action.queueId } }] };
  }
}

function notOwnedBy(userId: string | null): Prisma.CaseWhereInput {
  return userId === null
    ? { ownerId: { not: null } }
    : { OR: [{ ownerId: null }, { ownerId: { not: userId } }] };
}

/** Cases that are still as they were seen. */
export function unchanged(items: readonly BulkItem[]): Prisma.CaseWhereInput {
  return { OR: items.map(({ caseId, version }) => ({ id: caseId, version })) };
}
