import { requirePermission } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";

/**
 * The currencies of the open cases, by code: one step of the index for each, however many cases there are.
 * @throws ServiceError "forbidden".
 */
export async function openCurrencies(ctx: ServiceContext): Promise<string[]> {
  requirePermission(ctx.actor, "case:read");
  const rows = await ctx.db.$queryRaw<{ currency: string }[]>`
    with recursive found(currency) as (
      (select currency from "case" where status = 'open' order by currency limit 1)
      union all
      select (select c.currency from "case" c where c.status = 'open' and c.currency > f.currency
              order by c.currency limit 1)
      from found f where f.currency is not null)
    select currency from found where currency is not null`;
  return rows.map((row) => row.currency);
}
