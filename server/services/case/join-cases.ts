import type { Tx } from "#server/db/client.ts";
import { Prisma } from "#server/db/generated/client.ts";
import { recordAudits, type ServiceContext } from "#server/services/context.ts";
import { type Joinable, planJoins } from "./plan-joins.ts";
import { type NewCaseEvent, recordEvents } from "./record-event.ts";
import type { UnroutedCase } from "./unrouted-cases.ts";
import { waitsForSecond } from "./waits-for-second.ts";

type Join = { readonly child: UnroutedCase; readonly root: Joinable };

export type Joins = {
  readonly joins: readonly Join[];
  /** all that join, and those left for a later turn because somebody is changing the case that they would join */
  readonly notRouted: ReadonlySet<string>;
};

/** Which of the new cases join which, with the roots locked. Only under the routing turn. */
export async function findJoins(tx: Tx, fresh: readonly UnroutedCase[]): Promise<Joins> {
  const standing = await standingRoots(tx, fresh);
  const plan = planJoins(fresh, standing);
  const planned = fresh.flatMap((child): Join[] => {
    const root = plan.get(child.id);
    return root === undefined ? [] : [{ child, root }];
  });
  const wanted = new Set(planned.map(({ root }) => root.id));
  const locked = await lockUnchanged(
    tx,
    standing.filter(({ id }) => wanted.has(id)),
  );
  const own = new Set(fresh.map(({ id }) => id));
  return {
    joins: planned.filter(({ root }) => own.has(root.id) || locked.has(root.id)),
    notRouted: new Set(plan.keys()),
  };
}

type Standing = Joinable & { readonly version: number };

/**
 * Open cases of the same customers and cards that are routed, or as old as these and being changed by somebody.
 * Neither masked ones, which would be seen without their mask, nor those whose verdict waits for a second person,
 * who answers for the case as it was. Looked up by the partial indexes on open cases.
 */
async function standingRoots(tx: Tx, fresh: readonly UnroutedCase[]): Promise<Standing[]> {
  const plain = fresh.filter(({ apart }) => !apart);
  const customers = [...new Set(plain.map(({ customerId }) => customerId))];
  const cards = [...new Set(plain.flatMap(({ cardToken }) => cardToken ?? []))];
  const ids = fresh.map(({ id }) => id);
  const youngest = new Date(Math.max(0, ...plain.map(({ openedAt }) => openedAt.getTime()))).toISOString();
  const found = Prisma.sql`
    select c.id, c.number, c.opened_at as "openedAt", c.customer_id as "customerId",
           c.card_token as "cardToken", c.currency, c.version`;
  const fit = Prisma.sql`
    where not c.masked and c.id <> all(${ids}::text[]) and not ${waitsForSecond("c")}
      and (c.routed_at is not null or c.opened_at <= ${youngest}::timestamptz)`;
  return tx.$queryRaw<Standing[]>`
    ${found} from unnest(${customers}::text[]) k(wanted)
    join "case" c on c.customer_id = k.wanted and c.status = 'open' ${fit}
    union
    ${found} from unnest(${cards}::text[]) k(wanted)
    join "case" c on c.card_token = k.wanted and c.status = 'open' ${fit}`;
}

/** Those of the cases that are as they were and that nobody is changing: never waits, so that it is in nobody's way. */
async function lockUnchanged(tx: Tx, cases: readonly Standing[]): Promise<Set<string>> {
  if (cases.length === 0) return new Set();
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select c.id from unnest(${cases.map(({ id }) => id)}::text[], ${cases.map(({ version }) => version)}::int[])
      as seen(id, version)
    join "case" c on c.id = seen.id and c.status = 'open' and c.version = seen.version
    order by c.id for no key update of c skip locked`;
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
