import { z } from "zod";
import { Prisma } from "#server/db/generated/client.ts";
import { CaseStatus } from "#server/domain/case.ts";
import { Label } from "#server/domain/label.ts";
import type { ServiceContext } from "#server/services/context.ts";
import type { CaseRef } from "./claim-case.ts";
import { type EntityKind, entityColumns, entityKinds } from "./entity-kinds.ts";
import { findAnchor } from "./find-anchor.ts";

const LINK_DAYS = 30;
const MOST_OF_AN_ENTITY = 50;
/** As many as one verdict can be applied to. */
const MOST_PAYMENTS = 100;

const Row = z.object({
  transactionId: z.string(),
  occurredAt: z.date().transform((date) => date.toISOString()),
  amountMinor: z.number(),
  currency: z.string(),
  customerId: z.string(),
  merchantId: z.string(),
  label: Label.nullable(),
  caseNumber: z.number().nullable(),
  caseStatus: CaseStatus.nullable(),
});

/** A payment that a verdict on the case may be applied to as well. */
export type LinkedPayment = z.infer<typeof Row> & {
  /** what it has in common with the case, the weightiest first */
  readonly shares: readonly EntityKind[];
};

/**
 * The payments that share a card, device, address or customer with a case, of the 30 days before it and since: those
 * that share most first, then the newest; at most 100. A merchant alone makes no link.
 * @throws ServiceError "forbidden" or "not_found".
 */
export async function linkedPayments(ctx: ServiceContext, input: CaseRef): Promise<LinkedPayment[]> {
  const anchor = await findAnchor(ctx, input.caseId);
  const own = [...anchor.ownIds];
  const found = await Promise.all(
    anchor.entities
      .filter(({ kind }) => kind !== "merchant")
      .map(async ({ kind, value }) => {
        const rows = await ctx.db.$queryRaw<unknown[]>`
          select p.id as "transactionId", p.occurred_at as "occurredAt", p.amount_minor::float8 as "amountMinor",
            p.currency, p.customer_id as "customerId", p.merchant_id as "merchantId", e.label,
            c.number as "caseNumber", c.status as "caseStatus"
          from (
            select id, occurred_at, amount_minor, currency, customer_id, merchant_id from transaction
            where ${Prisma.raw(entityColumns[kind])} = ${value} and id <> all(${own}::text[])
              and occurred_at > ${anchor.occurredAt.toISOString()}::timestamptz - make_interval(days => ${LINK_DAYS}::int)
            order by occurred_at desc limit ${MOST_OF_AN_ENTITY}
          ) as p
          left join effective_label e on e.transaction_id = p.id
          left join "case" c on c.transaction_id = p.id`;
        return { kind, rows: z.array(Row).parse(rows) };
      }),
  );
  return merge(found).slice(0, MOST_PAYMENTS);
}

type Found = { readonly kind: EntityKind; readonly rows: readonly z.infer<typeof Row>[] };

function merge(found: readonly Found[]): LinkedPayment[] {
  const byId = new Map<string, { readonly row: z.infer<typeof Row>; readonly kinds: Set<EntityKind> }>();
  for (const { kind, rows } of found) {
    for (const row of rows) {
      const known = byId.get(row.transactionId) ?? { row, kinds: new Set<EntityKind>() };
      byId.set(row.transactionId, known);
      known.kinds.add(kind);
    }
  }
  return [...byId.values()]
    .map(({ row, kinds }) => ({ ...row, shares: entityKinds.filter((kind) => kinds.has(kind)) }))
    .sort(
      (a, b) =>
        b.shares.length - a.shares.length ||
        b.occurredAt.localeCompare(a.occurredAt) ||
        a.transactionId.localeCompare(b.transactionId),
    );
}
