import type { Database } from "#server/db/client.ts";
import { Prisma } from "#server/db/generated/client.ts";
import { classOf, windowFrom } from "#server/services/performance/labelled-rows.ts";
import type { ResolvedWindow } from "#server/services/performance/resolve-window.ts";
import type { FraudRow } from "./optimum-interval.ts";

/** The window's known frauds of a currency with their customers. */
export async function loadFrauds(
  db: Database,
  window: ResolvedWindow,
  currency: string,
): Promise<FraudRow[]> {
  return db.$queryRaw<FraudRow[]>(Prisma.sql`
    select w.score, w.amount_minor::float8 as "amountMinor", t.customer_id as "customerId"
    from (select d.transaction_id, d.score, d.amount_minor, ${classOf(window)} as class ${windowFrom(window)}
      and l.label = 'fraud' and d.currency = ${currency}) w
    join transaction t on t.id = w.transaction_id where w.class = 'fraud'
    order by w.score desc, w.transaction_id`);
}
