import type { Tx } from "#server/db/client.ts";
import { recordAudits, type ServiceContext } from "#server/services/context.ts";
import { type Joinable, planJoins } from "./plan-joins.ts";
import { type NewCaseEvent, recordEvents } from "./record-event.ts";
import type { UnroutedCase } from "./unrouted-cases.ts";

type Join = { readonly child: UnroutedCase; readonly root: Joinable };

export type Joins = {
  readonly joins: readonly Join[];
  /** all that join, and those left for a later turn because somebody is changing the case that they would join */
  readonly notRouted: ReadonlySet<string>;
};

/** Which of the new cases join which, with the roots locked. Only under the routing turn. */
export async function findJoins(tx: Tx, fresh: readonly UnroutedCase[]): Promise<Joins> {
  const plan = planJoins(fresh, await standingRoots(tx, fresh));
  const planned = fresh.flatMap((child): Join[] => {
    const root = plan.get(child.id);
    return root === undefined ? [] : [{ child, root }];
  });
  const own = new Set(fresh.map(({ id }) => id));
  const others = planned.map(({ root }) => root.id).filter((id) => !own.has(id));
  const locked = await lockRoots(tx, [...new Set(others)]);
  return {
    joins: planned.filter(({ root }) => own.has(root.id) || locked.has(root.id)),
    notRouted: new Set(plan.keys()),
  };
}

/**
 * Open cases of the same customers and cards that are routed, or as old as these and being changed by somebody.
 * Looked up by the partial indexes on open cases.
 */
async function standingRoots(tx: Tx, fresh: readonly UnroutedCase[]): Promise<Joinable[]> {
  const plain = fresh.filter(({ masked }) => !masked);
  const customers = [...new Set(plain.map(({ customerId }) => customerId))];
  const cards = [...new Set(plain.flatMap(({ cardToken }) => cardToken ?? []))];
  const ids = fresh.map(({ id }) => id);
  const youngest = new Date(Math.max(0, ...plain.map(({ openedAt }) => openedAt.getTime()))).toISOString();
  return tx.$queryRaw<Joinable[]>`
    select c.id, c.number, c.opened_at as "openedAt", c.customer_id as "customerId",
           c.card_token as "cardToken", c.currency
    from (select unnest(${customers}::text[]) as wanted) k
    join "case" c on c.customer_id = k.wanted and c.status = 'open'
    where not c.masked and c.id <> all(${ids}::text[])
      and (c.routed_at is not null or c.opened_at <= ${youngest}::timestamptz)
    union
    select c.id, c.number, c.opened_at, c.customer_id, c.card_token, c.currency
    from (select unnest(${cards}::text[]) as wanted) k
    join "case" c on c.card_token = k.wanted and c.status = 'open'
    where not c.masked and c.id <> all(${ids}::text[])
      and (c.routed_at is not null or c.opened_at <= ${youngest}::timestamptz)`;
}

/** Those of the cases that are open still and nobody is changing: never waits, so that it is in nobody's way. */
async function lockRoots(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id from "case" where id = any(${[...ids]}::text[]) and status = 'open'
    order by id for no key update skip locked`;
  return new Set(rows.map(({ id }) => id));
}

/**
 * Makes each child a part of its root: it leaves the queue, and the root, put off or not, comes back into it with
 * the expected loss of both.
 */
export async function writeJoins(tx: Tx, ctx: ServiceContext, joins: readonly Join[]): Promise<void> {
  if (joins.length === 0) return;
  const ids = joins.map(({ child }) => child.id);
  const roots = joins.map(({ root }) => root.id);
  const cards = joins.map(({ child }) => child.cardToken);
  await tx.$executeRaw`
    update "case" c set status = 'joined', joined_to_id = j.root, routed_at = ${ctx.now().toISOString()}::timestamptz,
           card_token = coalesce(c.card_token, j.card), version = c.version + 1
    from unnest(${ids}::text[], ${roots}::text[], ${cards}::text[]) as j(id, root, card) where c.id = j.id`;
  await tx.$executeRaw`
    update "case" c set rank_minor = c.rank_minor + grown.by, version = c.version + 1, snoozed_until = null
    from (select joined_to_id as root, sum(expected_loss_minor)::bigint as by from "case"
          where id = any(${ids}::text[]) group by joined_to_id) grown
    where c.id = grown.root`;
  await recordEvents(tx, ctx, joins.flatMap(linesOf));
  await recordAudits(
    tx,
    ctx,
    joins.map(({ child, root }) => ({
      action: "case.join",
      subjectType: "case",
      subjectId: child.id,
      before: { status: "open" },
      after: { status: "joined", joinedToId: root.id },
    })),
  );
}

/** In both timelines. */
function linesOf({ child, root }: Join): (NewCaseEvent & { readonly caseId: string })[] {
  const expectedLossMinor = Number(child.expectedLossMinor);
  return [
    { caseId: child.id, kind: "joined", body: { intoId: root.id, into: root.number } },
    { caseId: root.id, kind: "joined", body: { childId: child.id, child: child.number, expectedLossMinor } },
  ];
}
