import type { Tx } from "#server/db/client.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { reopenRoots } from "./reopen-roots.ts";

/**
 * Reopens the cases of these transactions that were closed as legitimate, because a chargeback says otherwise; of a
 * joined case the one that it was joined to. The verdict stays in the timeline and its label stays in history.
 * Returns the ids of the cases reopened, those left joined not among them.
 */
export async function reopenDisputedCases(
  tx: Tx,
  ctx: ServiceContext,
  transactionIds: readonly string[],
): Promise<string[]> {
  const disputed = await tx.$queryRaw<{ id: string }[]>`
    select c.id from "case" c
    where c.id in (select coalesce(joined_to_id, id) from "case"
      where transaction_id = any(${[...transactionIds]}::text[])
        and status = 'closed' and disposition = 'legitimate')
      and c.status = 'closed'
    order by c.id for no key update`;
  if (disputed.length === 0) return [];
  const ids = disputed.map((row) => row.id);
  const reopened = await reopenRoots(tx, ctx, { id: { in: ids } }, { reason: "chargeback" });
  return reopened.flatMap((row) => (row.joinedToId === null ? row.id : []));
}
