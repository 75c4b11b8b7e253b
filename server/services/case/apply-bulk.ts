import type { Tx } from "#server/db/client.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { giveCases, requireWorker } from "./assign-cases.ts";
import { type BulkAction, type BulkItem, requireSnoozable } from "./bulk-action.ts";
import { eligibleFor, unchanged } from "./bulk-eligible.ts";
import { giveVerdict } from "./give-verdict.ts";
import { reopenRoots } from "./reopen-roots.ts";
import { type Told, tellOf } from "./tell-of.ts";

const before = {
  id: true,
  number: true,
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
  const done = new Set(await change(tx, ctx, action, { where: still, found }));
  return found.filter((row) => done.has(row.id));
}

type Changing = { readonly where: Prisma.CaseWhereInput; readonly found: readonly BeforeBulk[] };

async function change(
  tx: Tx,
  ctx: ServiceContext,
  action: BulkAction,
  changing: Changing,
): Promise<string[]> {
  const { where } = changing;
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
      return snooze(tx, ctx, new Date(action.until), changing);
    case "route":
      return route(tx, ctx, action.queueId, changing);
  }
}

async function snooze(
  tx: Tx,
  ctx: ServiceContext,
  until: Date,
  { where, found }: Changing,
): Promise<string[]> {
  requireSnoozable(until, ctx.now());
  const data = { snoozedUntil: until, assigneeId: null, claimedUntil: null, version: { increment: 1 } };
  const changed = await tx.case.updateManyAndReturn({ where, data, select: { id: true } });
  const ids = new Set(changed.map((row) => row.id));
  const told = found.filter(({ id }) => ids.has(id)).map((row) => snoozed(row, until));
  await tellOf(tx, ctx, ...told);
  return [...ids];
}

async function route(
  tx: Tx,
  ctx: ServiceContext,
  queueId: string,
  { where, found }: Changing,
): Promise<string[]> {
  const queue = await tx.queue.findFirst({ where: { id: queueId, archivedAt: null } });
  if (queue === null) throw new ServiceError("invalid", "There is no such queue.");
  const data = { queueId, routedAt: ctx.now(), version: { increment: 1 } };
  const changed = await tx.case.updateManyAndReturn({ where, data, select: { id: true } });
  const ids = changed.map((row) => row.id);
  await tx.$executeRaw`
    update "case" set due_at = opened_at + ${queue.slaMinutes}::int * interval '1 minute'
    where id = any(${ids}::text[])`;
  const now = await tx.case.findMany({ where: { id: { in: ids } }, select: { id: true, dueAt: true } });
  const dueAt = new Map(now.map((row) => [row.id, row.dueAt]));
  const told = found
    .filter(({ id }) => dueAt.has(id))
    .map((row) => routed(row, { queueId, queue: queue.name, dueAt: dueAt.get(row.id) ?? null }));
  await tellOf(tx, ctx, ...told);
  return ids;
}

function snoozed({ id, snoozedUntil }: BeforeBulk, until: Date): Told {
  return {
    ...{ caseId: id, action: "case.snooze", kind: "snoozed", body: { until: until.toISOString() } },
    before: { snoozedUntil: snoozedUntil?.toISOString() ?? null },
    after: { snoozedUntil: until.toISOString() },
  };
}

type NewPlace = { readonly queueId: string; readonly queue: string; readonly dueAt: Date | null };

function routed({ id, queueId, dueAt }: BeforeBulk, to: NewPlace): Told {
  return {
    ...{ caseId: id, action: "case.route", kind: "routed", body: { queueId: to.queueId, queue: to.queue } },
    before: { queueId, dueAt: dueAt?.toISOString() ?? null },
    after: { queueId: to.queueId, queue: to.queue, dueAt: to.dueAt?.toISOString() ?? null },
  };
}
