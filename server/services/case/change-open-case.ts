import type { Tx } from "#server/db/client.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import { actorId } from "#server/domain/actor.ts";
import { refuseWhilePending } from "#server/services/approval/pending-approval.ts";
import type { ServiceContext } from "#server/services/context.ts";
import type { CaseRow } from "./case-row.ts";
import { findCase } from "./find-case.ts";
import { freeFor } from "./free-for.ts";
import { conflictOf } from "./refusal.ts";

export type OpenChange = {
  readonly caseId: string;
  /** of the case as the actor saw it */
  readonly version: number;
  readonly data: Prisma.CaseUncheckedUpdateManyInput;
  /** further conditions that make the change wrong when they don't hold */
  readonly where?: Prisma.CaseWhereInput;
};

/**
 * Changes an open case that nobody else holds or changed, and on which no verdict waits for a second person; its
 * version grows by one.
 * @throws ServiceError "not_found", or "conflict" telling who came first.
 */
export async function changeOpenCase(tx: Tx, ctx: ServiceContext, change: OpenChange): Promise<CaseRow> {
  const me = actorId(ctx.actor);
  const { caseId, version, data, where = {} } = change;
  const { count } = await tx.case.updateMany({
    where: { id: caseId, status: "open", version, AND: [freeFor(me, ctx.now()), where] },
    data: { ...data, version: { increment: 1 } },
  });
  const row = await findCase(tx, ctx, caseId);
  if (ctx.approved === undefined) await refuseWhilePending(tx, caseId);
  if (count === 0) throw conflictOf(row, me);
  return row;
}

/** Gives back any claim on the case. */
export const unclaimed = { assigneeId: null, claimedUntil: null } as const;
