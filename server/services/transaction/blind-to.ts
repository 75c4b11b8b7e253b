import { hasPermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import type { ServiceContext } from "#server/services/context.ts";

/** Why a payment is shown without what would sway a verdict. */
export type Blindness = "masked" | "second_review";

/**
 * Which of these payments the actor may not see whole, and why: those of masked cases until they are closed, so that
 * nobody can tell explored payments, and those whose case the actor is reviewing a second time. Machines, and people
 * who manage cases, see masked ones; nobody sees through a second review of their own.
 */
export async function blindTo(
  { db, actor }: ServiceContext,
  transactionIds: readonly string[],
): Promise<ReadonlyMap<string, Blindness>> {
  if (actor.kind !== "user" || transactionIds.length === 0) return new Map();
  const rows = await db.$queryRaw<{ id: string; reviewing: boolean; masked: boolean }[]>`
    select c.transaction_id as id, s.id is not null as reviewing, c.masked and c.status <> 'closed' as masked
    from "case" c
    left join second_review s on s.case_id = c.id and s.reviewer_id = ${actor.id} and s.reviewed_at is null
    where c.transaction_id = any(${[...transactionIds]}::text[])`;
  const manages = hasPermission(actor, "case:manage");
  return new Map(
    rows.flatMap(({ id, reviewing, masked }): [string, Blindness][] => {
      if (reviewing) return [[id, "second_review"]];
      return masked && !manages ? [[id, "masked"]] : [];
    }),
  );
}

/** @throws ServiceError "forbidden" when the actor may not see the payment whole. */
export async function requireSight(ctx: ServiceContext, transactionId: string): Promise<void> {
  if ((await blindTo(ctx, [transactionId])).size === 0) return;
  throw new ServiceError(
    "forbidden",
    "This payment's case is reviewed without its score until it is closed.",
  );
}
