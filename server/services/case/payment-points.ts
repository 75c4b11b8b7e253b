import { z } from "zod";
import { Prisma } from "#server/db/generated/client.ts";
import { Label } from "#server/domain/label.ts";
import { Outcome } from "#server/domain/outcome.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { CaseRef } from "./claim-case.ts";
import { entityColumns } from "./entity-kinds.ts";
import { findAnchor } from "./find-anchor.ts";

const POINT_DAYS = 90;
const MOST_POINTS = 500;

export const PaymentPointsInput = CaseRef.extend({ of: z.enum(["customer", "merchant"]) });
export type PaymentPointsInput = z.infer<typeof PaymentPointsInput>;

const Point = z.object({
  id: z.string(),
  at: z.date().transform((date) => date.toISOString()),
  amountMinor: z.number(),
  outcome: Outcome.nullable(),
  label: Label.nullable(),
});

export type PaymentPoints = {
  readonly from: string;
  readonly currency: string;
  /** in the currency of the case, oldest first; those of the case are marked */
  readonly points: readonly (z.infer<typeof Point> & { readonly isOwn: boolean })[];
  /** true when only the newest 500 are here */
  readonly capped: boolean;
};

/**
 * The payments of a case's customer or merchant, in the 90 days before its payment and since, to draw by day and amount.
 * @throws ServiceError "forbidden" or "not_found".
 */
export async function paymentPoints(ctx: ServiceContext, input: PaymentPointsInput): Promise<PaymentPoints> {
  const anchor = await findAnchor(ctx, input.caseId);
  const value = anchor.entities.find(({ kind }) => kind === input.of)?.value ?? "";
  const from = new Date(anchor.occurredAt.getTime() - POINT_DAYS * 86_400_000).toISOString();
  const rows = await ctx.db.$queryRaw<unknown[]>`
    select p.id, p.occurred_at as at, p.amount_minor::float8 as "amountMinor", d.outcome, e.label
    from (
      select id, occurred_at, amount_minor from transaction
      where ${Prisma.raw(entityColumns[input.of])} = ${value} and occurred_at > ${from}::timestamptz
        and currency = ${anchor.currency}
      order by occurred_at desc limit ${MOST_POINTS}
    ) as p
    left join decision d on d.transaction_id = p.id left join effective_label e on e.transaction_id = p.id
    order by p.occurred_at`;
  const points = z.array(Point).parse(rows);
  const own = new Set(anchor.ownIds);
  return {
    from,
    currency: anchor.currency,
    points: points.map((point) => ({ ...point, isOwn: own.has(point.id) })),
    capped: points.length === MOST_POINTS,
  };
}
