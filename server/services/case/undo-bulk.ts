import { z } from "zod";
import type { Tx } from "#server/db/client.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import { actorId } from "#server/domain/actor.ts";
import { Disposition } from "#server/domain/case.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { lockLabelOrder } from "#server/services/label/label-order.ts";
import { BULK_UNDO_SECONDS, BulkAction } from "./bulk-action.ts";
import { BulkAfter, BulkBefore, unpackBulk, type WasBefore } from "./bulk-record.ts";
import { giveVerdict } from "./give-verdict.ts";
import { reopenRoots } from "./reopen-roots.ts";
import { type Skipped, whySkipped } from "./skipped.ts";
import { type Told, tellOf } from "./tell-of.ts";

export const UndoBulkInput = z.strictObject({ bulkId: z.uuid() });
export type UndoBulkInput = z.infer<typeof UndoBulkInput>;

export type BulkUndone = { readonly undone: readonly string[]; readonly skipped: readonly Skipped[] };

/** What an undo sent within the window may spend on its way. */
const TRAVEL_MS = 2_000;

const Recorded = z.object({ before: BulkBefore, after: BulkAfter.extend({ action: BulkAction }) });

/** A case that a bulk change changed, as it was left and as it was before. */
type Changed = { readonly id: string; readonly version: number; readonly was: WasBefore };
type Bulk = { readonly action: BulkAction; readonly cases: readonly Changed[] };

/**
 * Takes a bulk change back within 60 seconds, by whoever made it: exactly the cases that it changed and that nobody
 * has touched since. Undoing is new state with traces of its own, not a deletion.
 * @throws ServiceError "forbidden" (not one's own, or too late) or "not_found".
 */
export async function undoBulk(ctx: ServiceContext, input: UndoBulkInput): Promise<BulkUndone> {
  requirePermission(ctx.actor, "case:bulk");
  const { bulkId } = input;
  return inTransaction(ctx, async (tx) => {
    await lockLabelOrder(tx);
    const bulk = await findBulk(tx, ctx, bulkId);
    const undone = await takeBack(tx, ctx, bulk);
    await recordAudit(tx, ctx, {
      action: "case.bulk_undo",
      subjectType: "case_bulk",
      subjectId: bulkId,
      before: { action: bulk.action, changed: bulk.cases.length },
      after: { undone: undone.length },
    });
    const done = new Set(undone);
    const left = bulk.cases.flatMap(({ id }) => (done.has(id) ? [] : id));
    return { undone, skipped: await whySkipped(tx, ctx, left) };
  });
}

async function findBulk(tx: Tx, ctx: ServiceContext, bulkId: string): Promise<Bulk> {
  const row = await tx.auditEvent.findFirst({
    where: { subjectType: "case_bulk", subjectId: bulkId, action: "case.bulk" },
  });
  if (row === null) throw new ServiceError("not_found", "There is no such bulk change.");
  const age = ctx.now().getTime() - row.at.getTime();
  if (row.actorId !== actorId(ctx.actor) || age > BULK_UNDO_SECONDS * 1000 + TRAVEL_MS) {
    const message = `A bulk change can be undone for ${BULK_UNDO_SECONDS} seconds by whoever made it.`;
    throw new ServiceError("forbidden", message);
  }
  const { before, after } = Recorded.parse(row);
  const found = await tx.case.findMany({
    where: { number: { in: before.cases } },
    select: { id: true, number: true },
  });
  const ids = new Map(found.map(({ id, number }) => [number, id]));
  const cases = unpackBulk(before, after).flatMap(({ number, ...rest }) => {
    const id = ids.get(number);
    return id === undefined ? [] : [{ id, ...rest }];
  });
  return { action: after.action, cases };
}

/** Groups cases that were the same before, so that a bulk change is undone by few statements. */
async function takeBack(tx: Tx, ctx: ServiceContext, { action, cases }: Bulk): Promise<string[]> {
  const as = (rows: readonly Changed[]): Prisma.CaseWhereInput => ({
    OR: rows.map(({ id, version }) => ({ id, version })),
  });
  if (action.kind === "close") {
    return (await reopenRoots(tx, ctx, as(cases), { reason: "undo" })).map((row) => row.id);
  }
  const undone: string[] = [];
  for (const rows of Map.groupBy(cases, ({ was }) => JSON.stringify(was)).values()) {
    const before = rows[0]?.was;
    if (before === undefined) continue;
    undone.push(...(await putBack(tx, ctx, { action, before, where: as(rows) })));
  }
  return undone;
}

type PuttingBack = {
  readonly action: BulkAction;
  readonly before: WasBefore;
  readonly where: Prisma.CaseWhereInput;
};

async function putBack(
  tx: Tx,
  ctx: ServiceContext,
  { action, before, where }: PuttingBack,
): Promise<string[]> {
  const { ownerId, snoozedUntil, queueId, dueAt, disposition, closedById } = before;
  const open = { AND: [{ status: "open" }, where] };
  const undo = { reason: "undo" } as const;
  switch (action.kind) {
    case "close":
      return [];
    case "reopen": {
      const known = Disposition.safeParse(disposition);
      if (!known.success) return [];
      const verdict = { disposition: known.data, reason: "undo", firstReviewerId: closedById };
      return (await giveVerdict(tx, ctx, open, verdict)).map((row) => row.id);
    }
    case "assign": {
      const to = ownerId === null ? null : await tx.user.findUnique({ where: { id: ownerId } });
      const body = { ...undo, toId: ownerId, to: to?.name ?? null };
      const was = { before: { ownerId: action.userId }, after: { ...undo, ownerId } };
      return change(tx, ctx, { where: open, data: { ownerId } }, { kind: "assigned", body, ...was });
    }
    case "snooze": {
      const until = snoozedUntil === null ? null : new Date(snoozedUntil);
      const body = { ...undo, until: snoozedUntil };
      const was = { before: { snoozedUntil: action.until }, after: { ...undo, snoozedUntil } };
      return change(
        tx,
        ctx,
        { where: open, data: { snoozedUntil: until } },
        { kind: "snoozed", body, ...was },
      );
    }
    case "route": {
      const queue = queueId === null ? null : await tx.queue.findUnique({ where: { id: queueId } });
      const data = { queueId, dueAt: dueAt === null ? null : new Date(dueAt) };
      const body = { ...undo, queueId, queue: queue?.name ?? null };
      const was = { before: { queueId: action.queueId }, after: { ...body, dueAt } };
      return change(tx, ctx, { where: open, data }, { kind: "routed", body, ...was });
    }
  }
}

async function change(
  tx: Tx,
  ctx: ServiceContext,
  { where, data }: { where: Prisma.CaseWhereInput; data: Prisma.CaseUncheckedUpdateManyInput },
  told: Omit<Told, "caseId" | "action" | "kind"> & { kind: "assigned" | "snoozed" | "routed" },
): Promise<string[]> {
  const changed = await tx.case.updateManyAndReturn({
    where,
    data: { ...data, version: { increment: 1 } },
    select: { id: true },
  });
  const action = { assigned: "case.assign", snoozed: "case.snooze", routed: "case.route" }[told.kind];
  await tellOf(tx, ctx, ...changed.map((row) => ({ caseId: row.id, action, ...told })));
  return changed.map((row) => row.id);
}
