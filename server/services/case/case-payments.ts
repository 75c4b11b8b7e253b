import type { Prisma } from "#server/db/generated/client.ts";
import { Label } from "#server/domain/label.ts";
import { Outcome } from "#server/domain/outcome.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { type Blindness, blindTo } from "#server/services/transaction/blind-to.ts";

/** A payment that the case is about: its own, or that of a case joined to it. */
export type CasePaymentRow = {
  readonly transactionId: string;
  readonly caseId: string;
  readonly caseNumber: number;
  /** false for those of joined cases */
  readonly isOwn: boolean;
  readonly occurredAt: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly customerId: string;
  readonly merchantId: string;
  readonly channel: string | null;
  readonly country: string | null;
  /** null where no decision was kept, or it is hidden from the reader */
  readonly outcome: Outcome | null;
  readonly score: number | null;
  readonly topReason: string | null;
  /** the label that counts */
  readonly label: Label | null;
  /** whether score, reason and loss are kept from the reader */
  readonly hidden: boolean;
};

/** Sums per currency, never converted. */
type Stake = {
  readonly currency: string;
  readonly amountMinor: number;
  /** null where it is hidden from the reader for one of the payments */
  readonly expectedLossMinor: number | null;
};

export type CasePayments = {
  /** oldest first, at most 100 */
  readonly rows: readonly CasePaymentRow[];
  readonly total: number;
  readonly stakes: readonly Stake[];
};

export const MOST_PAYMENTS = 100;

const include = {
  transaction: {
    include: { decision: { select: { outcome: true } }, effectiveLabel: { select: { label: true } } },
  },
} satisfies Prisma.CaseInclude;
type Stored = Prisma.CaseGetPayload<{ include: typeof include }>;

/** The cases that one verdict ends: the case itself and those joined to it, now or when it was closed. */
export function casesOf(caseId: string): Prisma.CaseWhereInput {
  return { OR: [{ id: caseId }, { joinedToId: caseId }] };
}

/** What of a case the reader may not see, by payment; where its own is masked, so are those joined to it. */
export async function blindnessOf(
  ctx: ServiceContext,
  ownId: string,
  transactionIds: readonly string[],
): Promise<ReadonlyMap<string, Blindness>> {
  const blind = await blindTo(ctx, transactionIds);
  const own = blind.get(ownId);
  return own === undefined ? blind : new Map(transactionIds.map((id) => [id, own]));
}

/** What the case is about, with what it puts at stake, as the reader may see it. */
export async function casePayments(
  ctx: ServiceContext,
  root: { readonly id: string; readonly transactionId: string },
): Promise<CasePayments> {
  const [cases, sums] = await Promise.all([
    ctx.db.case.findMany({
      where: casesOf(root.id),
      include,
      orderBy: [{ transaction: { occurredAt: "asc" } }, { id: "asc" }],
      take: MOST_PAYMENTS,
    }),
    ctx.db.case.groupBy({
      by: ["currency"],
      where: casesOf(root.id),
      _count: true,
      _sum: { amountMinor: true, expectedLossMinor: true },
      orderBy: { currency: "asc" },
    }),
  ]);
  const blind = await blindnessOf(
    ctx,
    root.transactionId,
    cases.map((row) => row.transactionId),
  );
  return {
    rows: cases.map((row) => paymentRow(row, root.id, blind.has(row.transactionId))),
    total: sums.reduce((all, sum) => all + sum._count, 0),
    stakes: sums.map(({ currency, _sum }) => ({
      currency,
      amountMinor: Number(_sum.amountMinor ?? 0),
      expectedLossMinor: blind.size > 0 ? null : Number(_sum.expectedLossMinor ?? 0),
    })),
  };
}

function paymentRow(stored: Stored, rootId: string, hidden: boolean): CasePaymentRow {
  const { transaction } = stored;
  return {
    transactionId: stored.transactionId,
    caseId: stored.id,
    caseNumber: stored.number,
    isOwn: stored.id === rootId,
    occurredAt: transaction.occurredAt.toISOString(),
    amountMinor: Number(stored.amountMinor),
    currency: stored.currency,
    customerId: stored.customerId,
    merchantId: stored.merchantId,
    channel: transaction.channel,
    country: transaction.country,
    outcome: hidden ? null : (Outcome.nullish().parse(transaction.decision?.outcome) ?? null),
    score: hidden ? null : stored.score,
    topReason: hidden ? null : stored.topReason,
    label: Label.nullish().parse(transaction.effectiveLabel?.label) ?? null,
    hidden,
  };
}
