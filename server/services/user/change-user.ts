import type { Tx } from "#server/db/client.ts";
import type { User } from "#server/db/generated/client.ts";
import { type Role, requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { hashPassword } from "./password.ts";
import { type UserView, userView } from "./view.ts";

/** Sets another password and ends every session of the user. @throws ServiceError "forbidden", "invalid", "not_found" */
export async function setPassword(
  ctx: ServiceContext,
  input: { readonly userId: string; readonly password: string },
): Promise<UserView> {
  requirePermission(ctx.actor, "user:manage");
  const passwordHash = await hashPassword(input.password);
  return changeUser(ctx, { userId: input.userId, action: "user.set_password" }, async () => ({
    passwordHash,
  }));
}

/** Locks a user out at once. @throws ServiceError "forbidden", "not_found", "conflict" (already; last admin) */
export function disableUser(ctx: ServiceContext, input: { readonly userId: string }): Promise<UserView> {
  requirePermission(ctx.actor, "user:manage");
  return changeUser(ctx, { userId: input.userId, action: "user.disable" }, async (tx, user) => {
    if (user.disabledAt !== null) throw new ServiceError("conflict", `${user.email} is already disabled.`);
    await requireAnotherAdmin(tx, user);
    return { disabledAt: ctx.now() };
  });
}

/**
 * Lets somebody who was locked out sign in again, with the role and the password that they had; sessions of before
 * stay ended.
 * @throws ServiceError "forbidden", "not_found", "conflict" (is not disabled)
 */
export function enableUser(ctx: ServiceContext, input: { readonly userId: string }): Promise<UserView> {
  requirePermission(ctx.actor, "user:manage");
  return changeUser(ctx, { userId: input.userId, action: "user.enable" }, async (_, user) => {
    if (user.disabledAt === null) throw new ServiceError("conflict", `${user.email} is not disabled.`);
    return { disabledAt: null };
  });
}

/** @throws ServiceError "forbidden", "not_found", "conflict" (has that role already; last admin) */
export function changeRole(
  ctx: ServiceContext,
  input: { readonly userId: string; readonly role: Role },
): Promise<UserView> {
  requirePermission(ctx.actor, "user:manage");
  return changeUser(ctx, { userId: input.userId, action: "user.change_role" }, async (tx, user) => {
    if (user.role === input.role)
      throw new ServiceError("conflict", `${user.email} already is ${user.role}.`);
    await requireAnotherAdmin(tx, user);
    return { role: input.role };
  });
}

type Change = { readonly passwordHash?: string; readonly disabledAt?: Date | null; readonly role?: Role };

async function changeUser(
  ctx: ServiceContext,
  { userId, action }: { userId: string; action: string },
  change: (tx: Tx, user: User) => Promise<Change>,
): Promise<UserView> {
  return inTransaction(ctx, async (tx) => {
    // All changes of users queue behind this lock, so that two admins can't remove each other at once.
    await tx.$queryRaw`select pg_advisory_xact_lock(hashtext('assay.user'))::text`;
    const before = await tx.user.findUnique({ where: { id: userId } });
    if (before === null) throw new ServiceError("not_found", "There is no such user.");
    const data = { ...(await change(tx, before)), sessionVersion: { increment: 1 } };
    const after = await tx.user.update({ where: { id: userId }, data });
    await recordAudit(tx, ctx, {
      action,
      subjectType: "user",
      subjectId: userId,
      before: userView(before),
      after: userView(after),
    });
    return userView(after);
  });
}

async function requireAnotherAdmin(tx: Tx, user: User): Promise<void> {
  if (user.role !== "admin" || user.disabledAt !== null) return;
  const others = await tx.user.count({ where: { role: "admin", disabledAt: null, id: { not: user.id } } });
  if (others === 0)
    throw new ServiceError("conflict", `${user.email} is the last admin; make someone else one first.`);
}
