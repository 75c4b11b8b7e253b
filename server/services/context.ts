import type { Database, Tx } from "#server/db/client.ts";
import { Prisma } from "#server/db/generated/client.ts";
import { type Actor, actorId } from "#server/domain/actor.ts";

/** What every verb gets: the database, who acts, and the clock. */
export type ServiceContext = {
  readonly db: Database;
  readonly actor: Actor;
  readonly now: () => Date;
  /** who approved what the actor asked for; set while an approved change is made, and told in every audit row of it */
  readonly approved?: Approved;
};

export type Approved = { readonly number: number; readonly byId: string; readonly byName: string };

/** Runs `work` in one database transaction; everything in it happens or nothing does. */
export function inTransaction<T>(ctx: ServiceContext, work: (tx: Tx) => Promise<T>): Promise<T> {
  return ctx.db.$transaction(work, { timeout: 15_000, maxWait: 5_000 });
}

export type AuditEntry = {
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly before?: Prisma.InputJsonValue | null;
  readonly after?: Prisma.InputJsonValue | null;
};

/** Writes who did what, in the transaction of the change. */
export async function recordAudit(tx: Tx, ctx: ServiceContext, entry: AuditEntry): Promise<void> {
  await tx.auditEvent.create({ data: auditRow(ctx, entry) });
}

/** `recordAudit` for the parts of one change of many things. */
export async function recordAudits(
  tx: Tx,
  ctx: ServiceContext,
  entries: readonly AuditEntry[],
): Promise<void> {
  await tx.auditEvent.createMany({ data: entries.map((entry) => auditRow(ctx, entry)) });
}

function auditRow(ctx: ServiceContext, entry: AuditEntry): Prisma.AuditEventCreateManyInput {
  return {
    at: ctx.now(),
    actorKind: ctx.actor.kind,
    actorId: actorId(ctx.actor),
    actorName: ctx.actor.name,
    action: entry.action,
    subjectType: entry.subjectType,
    subjectId: entry.subjectId,
    before: entry.before ?? Prisma.DbNull,
    after: withApproval(ctx, entry.after ?? null) ?? Prisma.DbNull,
  };
}

function withApproval(
  { approved }: ServiceContext,
  after: Prisma.InputJsonValue | null,
): Prisma.InputJsonValue | null {
  if (approved === undefined) return after;
  const told = { number: approved.number, byId: approved.byId, byName: approved.byName };
  if (typeof after === "object" && after !== null && !Array.isArray(after)) {
    return { ...after, approval: told };
  }
  return { value: after, approval: told };
}

/** Writes an event for webhooks, in the transaction of the change that it tells of. */
export async function recordOutbox(
  tx: Tx,
  at: Date,
  type: string,
  payload: Prisma.InputJsonValue,
): Promise<void> {
  await tx.outboxEvent.create({ data: { at, type, payload } });
}
