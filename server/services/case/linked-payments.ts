import { z } from "zod";
import { Prisma } from "#server/db/generated/client.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { type Anchor, HISTORY_DAYS } from "./payment-history.ts";

export const linkKinds = ["card", "device", "ip"] as const;
export type LinkKind = (typeof linkKinds)[number];

const columns = { card: "card_token", device: "device_id", ip: "ip" } as const satisfies Record<
  LinkKind,
  string
>;
const MOST_PAYMENTS = 1_000;

const Counts = z.object({
  payments: z.number(),
  customers: z.number(),
  cards: z.number(),
  frauds: z.number(),
});

/** Other payments that share this card, device or address, in the 30 days up to the payment and since. */
export type LinkedPayments = z.infer<typeof Counts> & {
  readonly kind: LinkKind;
  readonly value: string;
  /** true when there are more than were counted */
  readonly capped: boolean;
};

type Shared = Readonly<Record<LinkKind, string | null>>;

/** Counts per kind of link that the payment has; what it came without has no entry. */
export async function linkedPayments(
  ctx: ServiceContext,
  shared: Shared,
  anchor: Anchor,
): Promise<LinkedPayments[]> {
  const present = linkKinds.flatMap((kind) => {
    const value = shared[kind];
    return value === null ? [] : [{ kind, value }];
  });
  return Promise.all(present.map(({ kind, value }) => countLinked(ctx, kind, value, anchor)));
}

async function countLinked(
  ctx: ServiceContext,
  kind: LinkKind,
  value: string,
  anchor: Anchor,
): Promise<LinkedPayments> {
  const from = anchor.occurredAt.toISOString();
  const [row] = await ctx.db.$queryRaw<unknown[]>`
    select count(*)::int as payments, count(distinct p.customer_id)::int as customers,
      count(distinct p.card_token)::int as cards, count(*) filter (where e.label = 'fraud')::int as frauds
    from (
      select id, customer_id, card_token from transaction
      where ${Prisma.raw(columns[kind])} = ${value} and id <> ${anchor.transactionId}
        and occurred_at > ${from}::timestamptz - make_interval(days => ${HISTORY_DAYS}::int)
      order by occurred_at desc limit ${MOST_PAYMENTS}
    ) as p left join effective_label e on e.transaction_id = p.id`;
  const counts = Counts.parse(row);
  return { kind, value, ...counts, capped: counts.payments >= MOST_PAYMENTS };
}
