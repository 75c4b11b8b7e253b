import type { Tx } from "#server/db/client.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import type { CaseEventKind } from "#server/domain/case.ts";
import type { ServiceContext } from "#server/services/context.ts";

export type NewCaseEvent = { readonly kind: CaseEventKind; readonly body?: Prisma.InputJsonObject };

/** Adds a line to the case's timeline, in the transaction of the change that it tells of. */
export async function recordEvent(
  tx: Tx,
  ctx: ServiceContext,
  caseId: string,
  event: NewCaseEvent,
): Promise<void> {
  const actor = ctx.actor.kind === "user" ? ctx.actor.id : null;
  await tx.caseEvent.create({
    data: { caseId, at: ctx.now(), kind: event.kind, actorId: actor, body: event.body ?? {} },
  });
}
