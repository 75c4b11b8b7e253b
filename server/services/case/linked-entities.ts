import { z } from "zod";
import { Prisma } from "#server/db/generated/client.ts";
import type { ServiceContext } from "#server/services/context.ts";
import type { CaseRef } from "./claim-case.ts";
import { type EntityKind, entityColumns } from "./entity-kinds.ts";
import { type CaseAnchor, findAnchor } from "./find-anchor.ts";

const LINK_DAYS = 90;
/** Payments looked at per entity, so that a large merchant costs no more than a small one. */
const MOST_PAYMENTS = 1_000;
const MOST_OTHERS = 3;

const Other = z.object({ customerId: z.string(), payments: z.number(), frauds: z.number() });
const Counts = z.object({
  payments: z.number(),
  customers: z.number(),
  cards: z.number(),
  frauds: z.number(),
  others: z.array(Other),
});

/** A card, device, address, customer or merchant of the case, and what else was paid with it. */
export type LinkedEntity = Omit<z.infer<typeof Counts>, "others"> & {
  readonly kind: EntityKind;
  readonly value: string;
  /** true when there are more payments than were looked at */
  readonly capped: boolean;
  /** other customers of it, those with most fraud first; none for a customer or a merchant */
  readonly others: readonly z.infer<typeof Other>[];
};

export type LinkedEntities = { readonly days: number; readonly entities: readonly LinkedEntity[] };

/**
 * What shares something with a case: for each of its cards, devices, addresses, customers and merchants, the other
 * payments of the 90 days before the case's payment and since, the newest 1,000 at most, with known frauds.
 * @throws ServiceError "forbidden" or "not_found".
 */
export async function linkedEntities(ctx: ServiceContext, input: CaseRef): Promise<LinkedEntities> {
  const anchor = await findAnchor(ctx, input.caseId);
  const entities = await Promise.all(
    anchor.entities.map(({ kind, value }) => countEntity(ctx, anchor, { kind, value })),
  );
  return { days: LINK_DAYS, entities };
}

async function countEntity(
  ctx: ServiceContext,
  anchor: CaseAnchor,
  { kind, value }: { readonly kind: EntityKind; readonly value: string },
): Promise<LinkedEntity> {
  const own = [...anchor.ownIds];
  const [row] = await ctx.db.$queryRaw<unknown[]>`
    with told as materialized (
      select p.customer_id, p.card_token, coalesce(e.label = 'fraud', false) as fraud
      from (
        select id, customer_id, card_token from transaction
        where ${Prisma.raw(entityColumns[kind])} = ${value}
          and occurred_at > ${anchor.occurredAt.toISOString()}::timestamptz - make_interval(days => ${LINK_DAYS}::int)
        order by occurred_at desc limit ${MOST_PAYMENTS + own.length}
      ) as p left join effective_label e on e.transaction_id = p.id
      where p.id <> all(${own}::text[])
    )
    select count(*)::int as payments, count(distinct customer_id)::int as customers,
      count(distinct card_token)::int as cards, count(*) filter (where fraud)::int as frauds,
      ${kind === "customer" || kind === "merchant" ? Prisma.sql`'[]'::json` : othersSql(anchor)} as others
    from told`;
  const counts = Counts.parse(row);
  return { kind, value, ...counts, capped: counts.payments >= MOST_PAYMENTS };
}

/** The customers that tell most: with fraud first, then with many payments; the case's own stand for themselves. */
function othersSql(anchor: CaseAnchor): Prisma.Sql {
  const own = anchor.entities.flatMap(({ kind, value }) => (kind === "customer" ? [value] : []));
  return Prisma.sql`coalesce((select json_agg(json_build_object(
      'customerId', o.customer_id, 'payments', o.payments, 'frauds', o.frauds))
    from (select customer_id, count(*)::int as payments, count(*) filter (where fraud)::int as frauds
      from told where customer_id <> all(${own}::text[])
      group by customer_id order by frauds desc, payments desc, customer_id limit ${MOST_OTHERS}) as o), '[]'::json)`;
}
