import { z } from "zod";
import type { Tx } from "#server/db/client.ts";
import type { Prisma, User } from "#server/db/generated/client.ts";
import { actorId } from "#server/domain/actor.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { isAway } from "./presence.ts";

const UserId = z.string().min(1).max(128);
const Instant = z.iso.datetime({ offset: true });

export const SetTimeOffInput = z.strictObject({
  userId: UserId,
  /** null takes the time off back */
  awayFrom: Instant.nullable(),
  /** null: until further notice */
  awayUntil: Instant.nullable(),
});
export type SetTimeOffInput = z.infer<typeof SetTimeOffInput>;

export const SetCapacityInput = z.strictObject({
  userId: UserId,
  /** how many open cases may be assigned in turn to this person at once; null for no bound */
  caseCapacity: z.int().min(0).max(10_000).nullable(),
});
export type SetCapacityInput = z.infer<typeof SetCapacityInput>;

/** Somebody's availability for cases. Times are ISO strings. */
export type Availability = {
  readonly id: string;
  readonly name: string;
  readonly caseCapacity: number | null;
  readonly awayFrom: string | null;
  readonly awayUntil: string | null;
  /** at the moment */
  readonly away: boolean;
};

/**
 * Says when somebody is away: one's own time off, or another's with queue:write. Their cases go back within
 * moments of its beginning, but for those that they are working on.
 * @throws ServiceError "forbidden", "invalid" (ends before it begins), "not_found"
 */
export async function setTimeOff(ctx: ServiceContext, input: SetTimeOffInput): Promise<Availability> {
  requirePermission(ctx.actor, input.userId === actorId(ctx.actor) ? "case:work" : "queue:write");
  const awayFrom = input.awayFrom === null ? null : new Date(input.awayFrom);
  const awayUntil = input.awayUntil === null ? null : new Date(input.awayUntil);
  if (awayFrom === null && awayUntil !== null) {
    throw new ServiceError("invalid", "Say when the time off begins.");
  }
  if (awayFrom !== null && awayUntil !== null && awayUntil <= awayFrom) {
    throw new ServiceError("invalid", "Time off ends after it begins.");
  }
  return change(ctx, { userId: input.userId, action: "user.time_off", data: { awayFrom, awayUntil } });
}

/** Bounds how many open cases somebody is assigned in turn. @throws ServiceError "forbidden", "not_found" */
export async function setCapacity(ctx: ServiceContext, input: SetCapacityInput): Promise<Availability> {
  requirePermission(ctx.actor, "queue:write");
  const { userId, caseCapacity } = input;
  return change(ctx, { userId, action: "user.capacity", data: { caseCapacity } });
}

/** The part of a user that availability is made of. */
export function availabilityOf(
  user: Pick<User, "id" | "name" | "caseCapacity" | "awayFrom" | "awayUntil">,
  now: Date,
): Availability {
  return {
    id: user.id,
    name: user.name,
    caseCapacity: user.caseCapacity,
    awayFrom: user.awayFrom?.toISOString() ?? null,
    awayUntil: user.awayUntil?.toISOString() ?? null,
    away: isAway(user, now),
  };
}

type Change = {
  readonly userId: string;
  readonly action: string;
  readonly data: Pick<Prisma.UserUpdateInput, "caseCapacity" | "awayFrom" | "awayUntil">;
};

async function change(ctx: ServiceContext, { userId, action, data }: Change): Promise<Availability> {
  return inTransaction(ctx, async (tx) => {
    const before = availabilityOf(await lockUser(tx, userId), ctx.now());
    const after = availabilityOf(await tx.user.update({ where: { id: userId }, data }), ctx.now());
    await recordAudit(tx, ctx, { action, subjectType: "user", subjectId: userId, before, after });
    return after;
  });
}

/** @throws ServiceError "not_found" */
async function lockUser(tx: Tx, userId: string): Promise<User> {
  await tx.$executeRaw`select id from "user" where id = ${userId} for no key update`;
  const user = await tx.user.findUnique({ where: { id: userId } });
  if (user === null) throw new ServiceError("not_found", "There is no such user.");
  return user;
}
