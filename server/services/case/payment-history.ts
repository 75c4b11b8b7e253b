import { z } from "zod";
import { Prisma } from "#server/db/generated/client.ts";
import { Label } from "#server/domain/label.ts";
import { Outcome } from "#server/domain/outcome.ts";
import type { ServiceContext } from "#server/services/context.ts";

/** The payment whose past is asked for. */
export type Anchor = {
  readonly transactionId: string;
  readonly occurredAt: Date;
  readonly currency: string;
};

const HISTORY_DAYS = 30;
/** Payments that aggregates look at, so that a large merchant costs no more than a small one. */
const MOST_PAYMENTS = 5_000;
const RECENT = 20;

const columns = { customer: "customer_id", merchant: "merchant_id" } as const;

const PastPayment = z.object({
  id: z.string(),
  occurredAt: z.date().transform((date) => date.toISOString()),
  amountMinor: z.number(),
  currency: z.string(),
  otherParty: z.string(),
  country: z.string().nullable(),
  channel: z.string().nullable(),
  outcome: Outcome.nullable(),
  label: Label.nullable(),
});
export type PastPayment = z.infer<typeof PastPayment>;

const Totals = z.object({
  payments: z.number(),
  frauds: z.number(),
  declined: z.number(),
  /** of payments in the anchor's currency: the range in which four of five amounts lie; null without any */
  usualFromMinor: z.number().nullable(),
  usualToMinor: z.number().nullable(),
});

export type PaymentHistory = z.infer<typeof Totals> & {
  readonly recent: readonly PastPayment[];
  /** payments of each of the 30 days before the payment, oldest first */
  readonly perDay: readonly number[];
  /** true when there were more payments than the totals look at */
  readonly capped: boolean;
};

/** What this customer or merchant did in the 30 days up to the payment, the payment itself left out. */
export async function paymentHistory(
  ctx: ServiceContext,
  of: keyof typeof columns,
  id: string,
  anchor: Anchor,
): Promise<PaymentHistory> {
  const column = Prisma.raw(columns[of]);
  const at = anchor.occurredAt.toISOString();
  const past = Prisma.sql`
    select id, occurred_at, amount_minor, currency, customer_id, merchant_id, country, channel from transaction
    where ${column} = ${id} and occurred_at <= ${at}::timestamptz and id <> ${anchor.transactionId}`;
  const lately = Prisma.sql`${past} and occurred_at > ${at}::timestamptz - make_interval(days => ${HISTORY_DAYS}::int)
    order by occurred_at desc limit ${MOST_PAYMENTS}`;
  const [recent, totals, days] = await Promise.all([
    ctx.db.$queryRaw<unknown[]>(recentSql(past, of)),
    ctx.db.$queryRaw<unknown[]>(totalsSql(lately, anchor.currency)),
    ctx.db.$queryRaw<{ day: number; payments: number }[]>`
      select floor(extract(epoch from ${at}::timestamptz - occurred_at) / 86400)::int as day, count(*)::int as payments
      from (${lately}) as p group by 1`,
  ]);
  const summed = Totals.parse(totals[0]);
  return {
    ...summed,
    recent: z.array(PastPayment).parse(recent),
    perDay: perDay(days),
    capped: summed.payments >= MOST_PAYMENTS,
  };
}

function recentSql(past: Prisma.Sql, of: keyof typeof columns): Prisma.Sql {
  const other = Prisma.raw(of === "customer" ? "merchant_id" : "customer_id");
  return Prisma.sql`
    select p.id, p.occurred_at as "occurredAt", p.amount_minor::float8 as "amountMinor", p.currency,
      p.${other} as "otherParty", p.country, p.channel, d.outcome, e.label
    from (${past} order by occurred_at desc limit ${RECENT}) as p
    left join decision d on d.transaction_id = p.id left join effective_label e on e.transaction_id = p.id
    order by p.occurred_at desc`;
}

function totalsSql(lately: Prisma.Sql, currency: string): Prisma.Sql {
  return Prisma.sql`
    select count(*)::int as payments, count(*) filter (where e.label = 'fraud')::int as frauds,
      count(*) filter (where d.outcome = 'decline')::int as declined,
      percentile_disc(0.1) within group (order by p.amount_minor) filter (where p.currency = ${currency})::float8
        as "usualFromMinor",
      percentile_disc(0.9) within group (order by p.amount_minor) filter (where p.currency = ${currency})::float8
        as "usualToMinor"
    from (${lately}) as p
    left join decision d on d.transaction_id = p.id left join effective_label e on e.transaction_id = p.id`;
}

function perDay(days: readonly { day: number; payments: number }[]): number[] {
  const counts = new Array<number>(HISTORY_DAYS).fill(0);
  for (const { day, payments } of days) {
    const place = HISTORY_DAYS - 1 - Math.min(day, HISTORY_DAYS - 1);
    counts[place] = (counts[place] ?? 0) + payments;
  }
  return counts;
}
