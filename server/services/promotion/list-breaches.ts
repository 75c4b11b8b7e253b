import { z } from "zod";
import { requirePermission } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";

export const Breach = z.object({
  id: z.string(),
  /** ISO 8601 UTC */
  at: z.string(),
  /** of the version that was champion */
  number: z.int(),
  guardrail: z.string(),
  says: z.string(),
  /** number of the version that was brought back; null where none was */
  rolledBackTo: z.int().nullable(),
  /** why none was */
  kept: z.string().nullable(),
  /** it decided for a share of customers only, as a canary */
  canary: z.boolean(),
});
export type Breach = z.infer<typeof Breach>;

const MOST = 10;

/** The latest breaches of live guardrails, newest first. @throws ServiceError "forbidden" */
export async function listBreaches(ctx: ServiceContext): Promise<Breach[]> {
  requirePermission(ctx.actor, "model:read");
  const rows = await ctx.db.guardrailBreach.findMany({ orderBy: { at: "desc" }, take: MOST });
  const ids = rows.flatMap((row) => [row.modelVersionId, row.rolledBackToId ?? []].flat());
  const versions = await ctx.db.modelVersion.findMany({
    where: { id: { in: ids } },
    select: { id: true, number: true },
  });
  const canaries = await ctx.db.canary.findMany({
    where: { modelVersionId: { in: ids }, ended: "broken" },
    select: { modelVersionId: true, startedAt: true },
  });
  const terms = new Set(canaries.map((one) => termOf(one.modelVersionId, one.startedAt)));
  const numberOf = new Map(versions.map(({ id, number }) => [id, number]));
  return rows.map((row) => ({
    id: row.id,
    at: row.at.toISOString(),
    number: numberOf.get(row.modelVersionId) ?? 0,
    guardrail: row.guardrail,
    says: row.says,
    rolledBackTo: row.rolledBackToId === null ? null : (numberOf.get(row.rolledBackToId) ?? null),
    kept: row.kept,
    canary: terms.has(termOf(row.modelVersionId, row.promotedAt)),
  }));
}

function termOf(modelVersionId: string, since: Date): string {
  return `${modelVersionId} ${since.getTime()}`;
}
