import type { Tx } from "#server/db/client.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import type { CaseEventKind } from "#server/domain/case.ts";
import type { ServiceContext } from "#server/services/context.ts";

export type NewCaseEvent = { readonly kind: CaseEventKind; readonly body?: Prisma.InputJsonObject };

/**
 * Adds a line to the case's timeline, in the transaction of the change that it tells of and after it: the line keeps
 * the version that the case has now, so that what happened since a version is known. Returns the line's sequence.
 */
export async function recordEvent(
  tx: Tx,
  ctx: ServiceContext,
  caseId: string,
  event: NewCaseEvent,
): Promise<bigint> {
  const [seq] = await recordEvents(tx, ctx, [{ ...event, caseId }]);
  if (seq === undefined) throw new Error("An event was not written");
  return seq;
}

/** `recordEvent` for many cases in one statement; a case that does not exist gets no line. */
export async function recordEvents(
  tx: Tx,
  ctx: ServiceContext,
  events: readonly (NewCaseEvent & { readonly caseId: string })[],
): Promise<bigint[]> {
  if (events.length === 0) return [];
  const { approved } = ctx;
  const told = approved === undefined ? {} : { approvedBy: approved.byName };
  const actor = ctx.actor.kind === "user" ? ctx.actor.id : null;
  const rows = await tx.$queryRaw<{ seq: bigint }[]>`
    insert into case_event (case_id, at, kind, actor_id, body)
    select c.id, ${ctx.now().toISOString()}::timestamptz, given.kind, ${actor},
      given.body || jsonb_build_object('version', c.version)
    from unnest(${events.map((event) => event.caseId)}::text[], ${events.map((event) => event.kind)}::text[],
      ${events.map((event) => JSON.stringify({ ...event.body, ...told }))}::jsonb[])
      with ordinality as given (case_id, kind, body, place)
    join "case" c on c.id = given.case_id order by place
    returning seq`;
  return rows.map((row) => row.seq);
}
