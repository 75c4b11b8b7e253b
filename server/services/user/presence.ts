import type { Prisma } from "#server/db/generated/client.ts";
import { permissionsOfRole, Role, roles } from "#server/domain/permission.ts";

/** What tells whether somebody can be given cases. */
export type Presence = {
  readonly role: string;
  readonly disabledAt: Date | null;
  /** null: not away */
  readonly awayFrom: Date | null;
  /** null: until further notice */
  readonly awayUntil: Date | null;
};

/** Away from the first moment of the time off until just before its end. */
export function isAway({ awayFrom, awayUntil }: Omit<Presence, "role" | "disabledAt">, now: Date): boolean {
  return awayFrom !== null && awayFrom <= now && (awayUntil === null || awayUntil > now);
}

/** Whether somebody who is there and may work on cases can be given some at `now`. */
export function isPresent(user: Presence, now: Date): boolean {
  return user.disabledAt === null && worksOnCases(user.role) && !isAway(user, now);
}

/** Whether the role lets its people work on cases. */
export function worksOnCases(role: string): boolean {
  const known = Role.safeParse(role).data;
  return known !== undefined && permissionsOfRole[known].has("case:work");
}

/** The few whose presence has to be looked at: everybody else is there. */
export function perhapsAbsent(now: Date): Prisma.UserWhereInput {
  const working = roles.filter(worksOnCases);
  return {
    OR: [{ disabledAt: { not: null } }, { awayFrom: { lte: now } }, { role: { notIn: working } }],
  };
}
