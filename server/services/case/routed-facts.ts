import { Prisma } from "#server/db/generated/client.ts";
import type { CaseOrigin } from "#server/domain/case-words.ts";
import type { RoutedFacts } from "#server/domain/queue.ts";

/** What routing looks at, of a case that the query calls c. */
export type StoredFacts = Omit<RoutedFacts, "amountMinor" | "origin"> & {
  readonly origin: CaseOrigin;
  readonly amountMinor: bigint;
};

/** The columns of `StoredFacts`, for raw SQL with the joins below. */
export const factColumns = Prisma.sql`
  c.currency, c.masked, c.origin, t.channel, t.country, t.merchant_category as "merchantCategory",
  c.merchant_id as "merchantId", c.amount_minor as "amountMinor", c.score,
  array(select hit ->> 'name' from jsonb_array_elements(coalesce(d.rules, '[]')) hit
        where not hit ? 'monitored') as "ruleNames"`;

/** What the columns are read from, beside the case. */
export const factJoins = Prisma.sql`
  join "transaction" t on t.id = c.transaction_id left join decision d on d.transaction_id = c.transaction_id`;

export function routedFacts(stored: StoredFacts): RoutedFacts {
  return { ...stored, amountMinor: Number(stored.amountMinor) };
}
