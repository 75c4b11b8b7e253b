import { permissionsOfRole, Role, requirePermission } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";
import type { Person } from "./case-row.ts";

export type Colleague = Person & {
  /** whether cases can be assigned to them */
  readonly works: boolean;
  readonly away: boolean;
};

/** Everyone who can be named in a note, and who of them works on cases, by name. @throws ServiceError "forbidden" */
export async function casePeople(ctx: ServiceContext): Promise<Colleague[]> {
  requirePermission(ctx.actor, "case:read");
  const now = ctx.now();
  const users = await ctx.db.user.findMany({
    where: { disabledAt: null },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  return users.flatMap((user) => {
    const role = Role.safeParse(user.role).data;
    if (role === undefined) return [];
    const { awayFrom, awayUntil } = user;
    const away = awayFrom !== null && awayFrom <= now && (awayUntil === null || awayUntil > now);
    return { id: user.id, name: user.name, works: permissionsOfRole[role].has("case:work"), away };
  });
}
