import { z } from "zod";
import { Prisma } from "#server/db/generated/client.ts";
import { Disposition } from "#server/domain/case.ts";
import { Label, LabelSource } from "#server/domain/label.ts";
import { Reason } from "#server/domain/transaction.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { blindnessOf } from "./case-payments.ts";
import type { CaseRef } from "./claim-case.ts";
import { type CaseAnchor, findAnchor } from "./find-anchor.ts";
import { sharedReasons, similarity } from "./similarity.ts";

/** Closed cases looked through for those of the same kind, and how many of those are compared. */
const LOOKED_THROUGH = 2_000;
const COMPARED = 200;
const SHOWN = 8;

const Row = z.object({
  caseId: z.string(),
  number: z.number(),
  transactionId: z.string(),
  closedAt: z.date().transform((date) => date.toISOString()),
  amountMinor: z.number(),
  currency: z.string(),
  customerId: z.string(),
  merchantId: z.string(),
  disposition: Disposition,
  label: Label.nullable(),
  labelSource: LabelSource.nullable(),
  reasons: z.array(Reason).catch([]),
});

export type SimilarCase = Omit<z.infer<typeof Row>, "reasons" | "transactionId"> & {
  /** codes of the reasons that both have; null where the reader may not see this case's */
  readonly shared: readonly string[] | null;
  /** 0 to 1 */
  readonly similarity: number;
};

export type SimilarCases = {
  /** what the compared cases have in common with this one */
  readonly basis: { readonly of: "merchant category" | "channel"; readonly value: string } | null;
  readonly compared: number;
  /** the most alike first */
  readonly rows: readonly SimilarCase[];
};

/**
 * How cases like this one ended: of the last 200 closed cases of the same merchant category (or channel, where the
 * payment names none) the eight that share most top reasons and come closest in amount. Where the case is masked for
 * the reader, its reasons take no part.
 * @throws ServiceError "forbidden" or "not_found".
 */
export async function similarCases(ctx: ServiceContext, input: CaseRef): Promise<SimilarCases> {
  const anchor = await findAnchor(ctx, input.caseId);
  const [rows, blind, decision] = await Promise.all([
    recentlyClosed(ctx, anchor),
    blindnessOf(ctx, anchor.transactionId, anchor.ownIds),
    ctx.db.decision.findUnique({
      where: { transactionId: anchor.transactionId },
      select: { reasons: true },
    }),
  ]);
  const own = blind.has(anchor.transactionId) ? null : codesOf(decision?.reasons);
  const { amountMinor, currency } = anchor;
  const ranked = rows
    .map(({ reasons, transactionId: _, ...row }): SimilarCase => {
      const codes = reasons.map((reason) => reason.code);
      const shared = own === null ? null : sharedReasons(own, codes);
      return {
        ...row,
        shared,
        similarity: similarity({ amountMinor, currency, reasons: own }, { ...row, reasons: codes }),
      };
    })
    .sort((a, b) => b.similarity - a.similarity || b.closedAt.localeCompare(a.closedAt));
  return { basis: basisOf(anchor), compared: rows.length, rows: ranked.slice(0, SHOWN) };
}

function codesOf(reasons: unknown): string[] {
  return z
    .array(Reason)
    .catch([])
    .parse(reasons)
    .map((reason) => reason.code);
}

function basisOf({ merchantCategory, channel }: CaseAnchor): SimilarCases["basis"] {
  if (merchantCategory !== null) return { of: "merchant category", value: merchantCategory };
  return channel === null ? null : { of: "channel", value: channel };
}

async function recentlyClosed(ctx: ServiceContext, anchor: CaseAnchor): Promise<z.infer<typeof Row>[]> {
  const { merchantCategory, channel } = anchor;
  const same =
    merchantCategory !== null
      ? Prisma.sql`t.merchant_category = ${merchantCategory}`
      : Prisma.sql`t.channel is not distinct from ${channel}`;
  const rows = await ctx.db.$queryRaw<unknown[]>`
    select k.*, e.label, e.source as "labelSource", coalesce(d.reasons, '[]'::jsonb) as reasons
    from (
      select c.id as "caseId", c.number, c.transaction_id as "transactionId", c.closed_at as "closedAt",
        c.amount_minor::float8 as "amountMinor", c.currency, c.customer_id as "customerId",
        c.merchant_id as "merchantId", c.disposition
      from (
        select * from "case" where closed_at is not null and status = 'closed' and joined_to_id is null
        order by closed_at desc limit ${LOOKED_THROUGH}
      ) as c
      join transaction t on t.id = c.transaction_id
      where ${same} and c.transaction_id <> all(${[...anchor.ownIds]}::text[])
      order by c.closed_at desc limit ${COMPARED}
    ) as k
    left join decision d on d.transaction_id = k."transactionId"
    left join effective_label e on e.transaction_id = k."transactionId"`;
  return z.array(Row).parse(rows);
}
