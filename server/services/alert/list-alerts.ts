import { z } from "zod";
import { requirePermission } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { type AlertView, alertView, withPeople } from "./view.ts";

export const ListAlertsInput = z.object({
  pile: z.enum(["open", "resolved"]).default("open"),
  limit: z.int().min(1).max(100).default(50),
  /** the alert after which to go on */
  cursor: z.string().min(1).nullish(),
});
export type ListAlertsInput = z.infer<typeof ListAlertsInput>;

/** Those not resolved, or those resolved, newest first, a page at a time. @throws ServiceError "forbidden" */
export async function listAlerts(
  ctx: ServiceContext,
  { pile, limit, cursor }: ListAlertsInput,
): Promise<{ rows: AlertView[]; nextCursor: string | null }> {
  requirePermission(ctx.actor, "analytics:read");
  const found = await ctx.db.alert.findMany({
    where: { resolvedAt: pile === "open" ? null : { not: null } },
    orderBy:
      pile === "open"
        ? [{ acknowledgedAt: { sort: "asc", nulls: "first" } }, { openedAt: "desc" }, { id: "desc" }]
        : [{ resolvedAt: "desc" }, { id: "desc" }],
    take: limit + 1,
    ...(cursor == null ? {} : { cursor: { id: cursor }, skip: 1 }),
    include: withPeople,
  });
  const rows = found.slice(0, limit).map(alertView);
  return { rows, nextCursor: found.length > limit ? (rows.at(-1)?.id ?? null) : null };
}

/** How many wait for somebody to look after them; the rail shows it. @throws ServiceError "forbidden" */
export async function countAlerts(ctx: ServiceContext): Promise<{ count: number }> {
  requirePermission(ctx.actor, "analytics:read");
  const where = { resolvedAt: null, acknowledgedAt: null };
  return {
    count: await ctx.db.alert.count({
      where: { ...where, OR: [{ silencedUntil: null }, { silencedUntil: { lte: ctx.now() } }] },
      take: 1_000,
    }),
  };
}
