import { z } from "zod";
import type { Tx } from "#server/db/client.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import { actorId } from "#server/domain/actor.ts";
import { hasPermission, permissionsOfRole, Role, requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import type { Person } from "./case-row.ts";
import { freeFor } from "./free-for.ts";
import { type Skipped, waitingForApproval, whySkipped } from "./skipped.ts";
import { tellOf } from "./tell-of.ts";

export const AssignCasesInput = z.strictObject({
  caseIds: z.array(z.string().min(1).max(128)).min(1).max(1000),
  /** whose they become; null: nobody's */
  userId: z.string().min(1).max(128).nullable(),
});
export type AssignCasesInput = z.infer<typeof AssignCasesInput>;

export type AssignedCases = { readonly assigned: readonly string[]; readonly skipped: readonly Skipped[] };

/**
 * Gives open cases to somebody, or to nobody. With case:work one may take what is nobody's and give back one's own;
 * everything else needs case:manage, which also ends the claim of another. What cannot be given is skipped, and told.
 * @throws ServiceError "forbidden", or "invalid" for somebody who cannot work on cases.
 */
export async function assignCases(ctx: ServiceContext, input: AssignCasesInput): Promise<AssignedCases> {
  const me = actorId(ctx.actor);
  requirePermission(ctx.actor, "case:work");
  if (input.userId !== null && input.userId !== me) requirePermission(ctx.actor, "case:manage");
  const where = hasPermission(ctx.actor, "case:manage") ? {} : mayTake(me, ctx.now());
  return inTransaction(ctx, async (tx) => {
    const to = input.userId === null ? null : await requireWorker(tx, input.userId);
    return giveCases(tx, ctx, { caseIds: input.caseIds, to, where });
  });
}

function mayTake(me: string | null, now: Date): Prisma.CaseWhereInput {
  return { AND: [{ OR: [{ ownerId: null }, { ownerId: me }] }, freeFor(me, now)] };
}

/** Somebody who can be given cases. @throws ServiceError "invalid" */
export async function requireWorker(tx: Tx, userId: string): Promise<Person> {
  const user = await tx.user.findUnique({ where: { id: userId } });
  const role = Role.safeParse(user?.role).data;
  if (user === null || user.disabledAt !== null || role === undefined) {
    throw new ServiceError("invalid", "There is nobody to assign this to.");
  }
  if (!permissionsOfRole[role].has("case:work")) {
    throw new ServiceError("invalid", `${user.name} does not work on cases.`);
  }
  return { id: user.id, name: user.name };
}

export type Giving = {
  readonly caseIds: readonly string[];
  readonly to: Person | null;
  /** which of them may be given */
  readonly where: Prisma.CaseWhereInput;
};

/** The assignment itself, in the transaction of its caller. A claim of anybody but the new owner ends. */
export async function giveCases(tx: Tx, ctx: ServiceContext, giving: Giving): Promise<AssignedCases> {
  const { to } = giving;
  const asked = [...new Set(giving.caseIds)];
  const waiting = await waitingForApproval(tx, asked);
  const ids = asked.filter((id) => !waiting.has(id)).sort();
  const before = await tx.case.findMany({ where: { id: { in: ids } }, select: { id: true, ownerId: true } });
  const changed = await tx.case.updateManyAndReturn({
    where: { id: { in: ids }, status: "open", AND: [giving.where, notOwnedBy(to)] },
    data: { ownerId: to?.id ?? null, version: { increment: 1 } },
    select: { id: true },
  });
  const assigned = new Set(changed.map((row) => row.id));
  await tx.case.updateMany({
    where: { id: { in: [...assigned] }, assigneeId: { not: to?.id ?? "nobody" } },
    data: { assigneeId: null, claimedUntil: null },
  });
  const given = before.filter((row) => assigned.has(row.id));
  await tellOf(tx, ctx, ...given.map((row) => tolds(row, to)));
  const skipped = await whySkipped(
    tx,
    ctx,
    asked.filter((id) => !assigned.has(id)),
  );
  return { assigned: [...assigned], skipped };
}

function notOwnedBy(to: Person | null): Prisma.CaseWhereInput {
  return to === null ? { ownerId: { not: null } } : { OR: [{ ownerId: null }, { ownerId: { not: to.id } }] };
}

function tolds(row: { id: string; ownerId: string | null }, to: Person | null) {
  return {
    caseId: row.id,
    action: "case.assign",
    kind: "assigned",
    body: { toId: to?.id ?? null, to: to?.name ?? null },
    before: { ownerId: row.ownerId },
    after: { ownerId: to?.id ?? null },
  } as const;
}
