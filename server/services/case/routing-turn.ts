import type { Tx } from "#server/db/client.ts";

/**
 * Whether it is this transaction's turn to route and assign, until it ends. One worker at a time does, so that no
 * two make roots of one customer or fill one person's capacity; the others try again later.
 */
export async function takesRoutingTurn(tx: Tx): Promise<boolean> {
  const [turn] = await tx.$queryRaw<{ taken: boolean }[]>`
    select pg_try_advisory_xact_lock(hashtext('assay.case_routing')) as taken`;
  return turn?.taken ?? false;
}
