import type { Tx } from "#server/db/client.ts";
import { actorId } from "#server/domain/actor.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import type { CaseRow } from "./case-row.ts";
import { claimEnd, recordClaim } from "./claim-case.ts";
import { findCase } from "./find-case.ts";

/**
 * Claims the free case with the most expected loss and returns it; null when none is free. However many ask at
 * once, no two get the same: each locks its row and skips the rows that others are taking.
 * @throws ServiceError "forbidden".
 */
export async function nextCase(ctx: ServiceContext): Promise<CaseRow | null> {
  requirePermission(ctx.actor, "case:work");
  const now = ctx.now();
  return inTransaction(ctx, async (tx) => {
    const id = await lockBest(tx, now);
    if (id === null) return null;
    await tx.case.update({
      where: { id },
      data: {
        assigneeId: actorId(ctx.actor),
        claimedUntil: await claimEnd(tx, now),
        version: { increment: 1 },
      },
    });
    const row = await findCase(tx, ctx, id);
    await recordClaim(tx, ctx, row);
    return row;
  });
}

/** Which case `nextCase` would give now, without claiming it, so that a page can load it ahead. */
export async function peekNextCase(ctx: ServiceContext): Promise<{ id: string } | null> {
  requirePermission(ctx.actor, "case:work");
  const now = ctx.now();
  return ctx.db.case.findFirst({
    where: {
      status: "open",
      heldAt: null,
      AND: [
        { OR: [{ claimedUntil: null }, { claimedUntil: { lte: now } }] },
        { OR: [{ snoozedUntil: null }, { snoozedUntil: { lte: now } }] },
      ],
    },
    orderBy: [{ rankMinor: "desc" }, { id: "asc" }],
    select: { id: true },
  });
}

async function lockBest(tx: Tx, now: Date): Promise<string | null> {
  const at = now.toISOString();
  const [best] = await tx.$queryRaw<{ id: string }[]>`
    select id from "case"
    where status = 'open' and held_at is null and (claimed_until is null or claimed_until <= ${at}::timestamptz)
      and (snoozed_until is null or snoozed_until <= ${at}::timestamptz)
    order by rank_minor desc, id limit 1 for update skip locked`;
  return best?.id ?? null;
}
