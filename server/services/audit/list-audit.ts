import { z } from "zod";
import type { Prisma } from "#server/db/generated/client.ts";
import { requirePermission } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";

export const actorKinds = ["user", "api_key", "job", "system"] as const;

export const ListAuditInput = z.object({
  /** an action, or the part before its dot: "case" stands for "case.close", "case.claim" … */
  action: z.string().trim().max(64).nullish(),
  actorKind: z.enum(actorKinds).nullish(),
  /** part of the name of who did it */
  actor: z.string().trim().max(128).nullish(),
  subjectType: z.string().trim().max(64).nullish(),
  subjectId: z.string().trim().max(200).nullish(),
  from: z.date().nullish(),
  to: z.date().nullish(),
  limit: z.int().min(1).max(200).default(50),
  /** the last sequence of the page before */
  cursor: z
    .string()
    .regex(/^\d{1,19}$/)
    .nullish(),
});
export type ListAuditInput = z.infer<typeof ListAuditInput>;

export type AuditRow = {
  readonly seq: string;
  readonly at: string;
  readonly actorKind: (typeof actorKinds)[number];
  readonly actorId: string | null;
  readonly actorName: string;
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly before: Prisma.JsonValue;
  readonly after: Prisma.JsonValue;
};

export type AuditPage = { readonly rows: readonly AuditRow[]; readonly nextCursor: string | null };

/**
 * Who changed what, newest first, a page at a time.
 * @throws ServiceError "forbidden".
 */
export async function listAudit(ctx: ServiceContext, input: ListAuditInput): Promise<AuditPage> {
  requirePermission(ctx.actor, "audit:read");
  const stored = await ctx.db.auditEvent.findMany({
    where: auditWhere(input),
    orderBy: { seq: "desc" },
    take: input.limit + 1,
  });
  const rows = stored.slice(0, input.limit).map((row) => ({
    ...row,
    seq: String(row.seq),
    at: row.at.toISOString(),
    actorKind: actorKinds.find((kind) => kind === row.actorKind) ?? "system",
  }));
  const more = stored.length > input.limit;
  return { rows, nextCursor: more ? (rows.at(-1)?.seq ?? null) : null };
}

function auditWhere(input: ListAuditInput): Prisma.AuditEventWhereInput {
  const conditions: Prisma.AuditEventWhereInput[] = [];
  const { action, actorKind, actor, subjectType, subjectId, from, to, cursor } = input;
  if (action) conditions.push({ OR: [{ action }, { action: { startsWith: `${action}.` } }] });
  if (actorKind) conditions.push({ actorKind });
  if (actor) conditions.push({ actorName: { contains: actor, mode: "insensitive" } });
  if (subjectType) conditions.push({ subjectType });
  if (subjectId) conditions.push({ subjectId });
  if (from) conditions.push({ at: { gte: from } });
  if (to) conditions.push({ at: { lt: to } });
  if (cursor) conditions.push({ seq: { lt: BigInt(cursor) } });
  return { AND: conditions };
}
