import { z } from "zod";
import type { Database, Tx } from "#server/db/client.ts";
import { Prisma } from "#server/db/generated/client.ts";
import { actorId } from "#server/domain/actor.ts";
import { hasPermission, requirePermission } from "#server/domain/permission.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import type { CaseRow } from "./case-row.ts";
import { claimEnd, recordClaim } from "./claim-case.ts";
import { findCase } from "./find-case.ts";
import { freeNow } from "./free-now.ts";
import { waitsForSecond } from "./waits-for-second.ts";

export const NextCaseInput = z.strictObject({
  /** of this queue alone; of all where left out, those not yet routed too */
  queueId: z.string().min(1).max(128).nullish(),
});
export type NextCaseInput = z.infer<typeof NextCaseInput>;

/**
 * Claims the free case that is next and returns it: the best of those assigned to the actor, then the best of those
 * that are nobody's; null when there is none. However many ask at once, no two get the same: each locks its row and
 * skips the rows that others are taking.
 * @throws ServiceError "forbidden".
 */
export async function nextCase(ctx: ServiceContext, input: NextCaseInput = {}): Promise<CaseRow | null> {
  requirePermission(ctx.actor, "case:work");
  const sources = freeCases(ctx, input);
  return (await claimFirst(ctx, sources, skipTaken)) ?? claimFirst(ctx, sources, waitForTaken);
}

const skipTaken = Prisma.sql`for no key update skip locked`;
const waitForTaken = Prisma.sql`for no key update`;

/**
 * Skipping and waiting are transactions of their own. PostgreSQL keeps the lock of a row that turned out to be claimed
 * since; whoever waited with such locks, taken while skipping, could wait for somebody who waits for one of them. Those
 * who only wait lock in the same order.
 */
function claimFirst(
  ctx: ServiceContext,
  sources: readonly Prisma.Sql[],
  locking: Prisma.Sql,
): Promise<CaseRow | null> {
  return inTransaction(ctx, async (tx) => {
    const id = await firstOf(tx, sources, locking);
    if (id === null) return null;
    const assigneeId = actorId(ctx.actor);
    const claimedUntil = await claimEnd(tx, ctx.now());
    await tx.case.update({ where: { id }, data: { assigneeId, claimedUntil, version: { increment: 1 } } });
    const row = await findCase(tx, ctx, id);
    await recordClaim(tx, ctx, row);
    return row;
  });
}

/** Which case `nextCase` would give now, without claiming it, so that a page can load it ahead. */
export async function peekNextCase(
  ctx: ServiceContext,
  input: NextCaseInput = {},
): Promise<{ id: string } | null> {
  requirePermission(ctx.actor, "case:work");
  const id = await firstOf(ctx.db, freeCases(ctx, input), Prisma.empty);
  return id === null ? null : { id };
}

/**
 * One's own free cases, then nobody's, each in the order of one partial index; none that waits for a second person.
 * What was escalated is given to those who manage cases: to whoever escalated it, it would come straight back.
 */
function freeCases(ctx: ServiceContext, { queueId }: NextCaseInput): Prisma.Sql[] {
  const me = actorId(ctx.actor) ?? "nobody";
  const queue = queueId ? Prisma.sql`and queue_id = ${queueId}` : Prisma.empty;
  const nobodys = hasPermission(ctx.actor, "case:manage")
    ? Prisma.sql`owner_id is null`
    : Prisma.sql`owner_id is null and escalated_at is null`;
  return [Prisma.sql`owner_id = ${me}`, nobodys].map(
    (whose) => Prisma.sql`
      select id from "case"
      where ${whose} ${queue} and ${freeNow(ctx.now())} and not ${waitsForSecond("case")}
      order by rank_minor desc, id limit 1`,
  );
}

async function firstOf(
  db: Database | Tx,
  sources: readonly Prisma.Sql[],
  locking: Prisma.Sql,
): Promise<string | null> {
  for (const source of sources) {
    const [best] = await db.$queryRaw<{ id: string }[]>`${source} ${locking}`;
    if (best !== undefined) return best.id;
  }
  return null;
}
