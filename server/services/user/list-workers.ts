import { requirePermission, roles } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { type Availability, availabilityOf } from "./availability.ts";
import { worksOnCases } from "./presence.ts";

/** Somebody who works on cases, with how many open ones are theirs (counted up to 10,000). */
export type Worker = Availability & { readonly openCases: number };

/** Everybody who can be given cases, by name: for assigning, queues' members and time off. @throws ServiceError "forbidden" */
export async function listWorkers(ctx: ServiceContext): Promise<Worker[]> {
  requirePermission(ctx.actor, "case:read");
  const users = await ctx.db.user.findMany({
    where: { disabledAt: null, role: { in: roles.filter(worksOnCases) } },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  const counts = await ctx.db.$queryRaw<{ id: string; open: number }[]>`
    select u.id, (select count(*)::int from (select from "case" where status = 'open' and owner_id = u.id
                  limit 10000) theirs) as open
    from unnest(${users.map(({ id }) => id)}::text[]) as u(id)`;
  const openOf = new Map(counts.map(({ id, open }) => [id, open]));
  return users.map((user) => ({
    ...availabilityOf(user, ctx.now()),
    openCases: openOf.get(user.id) ?? 0,
  }));
}
