import type { Tx } from "#server/db/client.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { giveCases, requireWorker } from "./assign-cases.ts";
import { type BulkAction, type BulkItem, requireSnoozable } from "./bulk-action.ts";
import { eligibleFor, unchanged } from "./bulk-eligible.ts";
import { giveVerdict } from "./give-verdict.ts";
import { reopenRoots } from "./reopen-roots.ts";
import { tellOf } from "./tell-of.ts";

const before = {
  id: true,
  ownerId: true,
  assigneeId: true,
  claimedUntil: true,
  snoozedUntil: true,
  queueId: true,
  dueAt: true,
  disposition: true,
  closedById: true,
} as const;
/** What a case was before a bulk change, as far as undoing it needs. */
export type BeforeBulk = Prisma.CaseGetPayload<{ select: typeof before }>;

/**
 * Does one action to those of the cases that are as they were seen and can take it; traces are written for each.
 * Returns what they were before, so that it can be undone. The caller holds the label order for verdicts.
 * @throws ServiceError "invalid" for a person, queue or time that cannot be.
 */
export async function applyBulk(
  tx: Tx,
  ctx: ServiceContext,
  action: BulkAction,
  items: readonly BulkItem[],
): Promise<BeforeBulk[]> {
  if (items.length === 0) return [];
  const where = { AND: [unchanged(items), eligibleFor(ctx, action)] };
  const found = await tx.case.findMany({ where, select: before, orderBy: { id: "asc" } });
  const still = { AND: [where, { id: { in: found.map((row) => row.id) } }] };
  const done = new Set(await change(tx, ctx, action, still));
  return found.filter((row) => done.has(row.id));
}

async function change(
  tx: Tx,
  ctx: ServiceContext,
  action: BulkAction,
  where: Prisma.CaseWhereInput,
): Promise<string[]> {
  switch (action.kind) {
    case "close": {
      const { disposition, reason } = action;
      const closed = await giveVerdict(tx, ctx, where, { disposition, reason: reason || null });
      return closed.map((row) => row.id);
    }
    case "reopen": {
      const how = { reason: "manager", note: action.reason || null } as const;
      return (await reopenRoots(tx, ctx, where, how)).map((row) => row.id);
    }
    case "assign": {
      const to = action.userId === null ? null : await requireWorker(tx, action.userId);
      const asked = await tx.case.findMany({ where, select: { id: true } });
      const given = await giveCases(tx, ctx, { caseIds: asked.map((row) => row.id), to, where });
      return [...given.assigned];
    }
    case "snooze":
      return snooze(tx, ctx, new Date(action.until), where);
    case "route":
      return route(tx, ctx, action.queueId, where);
  }
}

async function snooze(
  tx: Tx,
  ctx: ServiceContext,
  until: Date,
  where: Prisma.CaseWhereInput,
): Promise<string[]> {
  requireSnoozable(until, ctx.now());
  const data = { snoozedUntil: until, assigneeId: null, claimedUntil: null, version: { increment: 1 } };
  const changed = await tx.case.updateManyAndReturn({ where, data, select: { id: true } });
  const told = { action: "case.snooze", kind: "snoozed", body: { until: until.toISOString() } } as const;
  await tellOf(tx, ctx, ...changed.map((row) => ({ caseId: row.id, ...told })));
  return changed.map((row) => row.id);
}

async function route(
  tx: Tx,
  ctx: ServiceContext,
  queueId: string,
  where: Prisma.CaseWhereInput,
): Promise<string[]> {
  const queue = await tx.queue.findFirst({ where: { id: queueId, archivedAt: null } });
  if (queue === null) throw new ServiceError("invalid", "There is no such queue.");
  const data = { queueId, routedAt: ctx.now(), version: { increment: 1 } };
  const changed = await tx.case.updateManyAndReturn({ where, data, select: { id: true } });
  const ids = changed.map((row) => row.id);
  await tx.$executeRaw`
    update "case" set due_at = opened_at + ${queue.slaMinutes}::int * interval '1 minute'
    where id = any(${ids}::text[])`;
  const told = { action: "case.route", kind: "routed", body: { queueId, queue: queue.name } } as const;
  await tellOf(tx, ctx, ...ids.map((caseId) => ({ caseId, ...told })));
  return ids;
}
