import type { Tx } from "#server/db/client.ts";
import { firstTaker, GENERAL_QUEUE_ID, QueueRouting } from "#server/domain/queue.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { findJoins, writeJoins } from "./join-cases.ts";
import { recordEvents } from "./record-event.ts";
import { takesRoutingTurn } from "./routing-turn.ts";
import { standInRanks } from "./stand-in-ranks.ts";
import { lockUnrouted, type UnroutedCase } from "./unrouted-cases.ts";

export type RoutedCases = { readonly routed: number; readonly joined: number };

type Inbox = {
  readonly id: string;
  readonly name: string;
  readonly slaMinutes: number | null;
  readonly routing: QueueRouting;
};

/**
 * Routes up to `limit` of the cases that wait for it, oldest first: one of a customer or card that has an open case
 * joins that; every other goes to the first queue that takes it, General at the last, with the time by which the
 * queue promises a verdict. All of it in one transaction: a worker killed in between leaves nothing half done. Where
 * a case lies is no change that a verdict could miss, so its version stays and no analyst's work on it is refused.
 */
export async function routeCases(ctx: ServiceContext, limit: number): Promise<RoutedCases> {
  return inTransaction(ctx, async (tx) => {
    const nothing = { routed: 0, joined: 0 };
    if (!(await takesRoutingTurn(tx))) return nothing;
    const fresh = await lockUnrouted(tx, limit);
    if (fresh.length === 0) return nothing;
    const { joins, notRouted } = await findJoins(tx, fresh);
    const own = fresh.filter(({ id }) => !notRouted.has(id));
    await sendToQueues(tx, ctx, own);
    await writeJoins(tx, ctx, joins);
    return { routed: own.length, joined: joins.length };
  });
}

async function sendToQueues(tx: Tx, ctx: ServiceContext, cases: readonly UnroutedCase[]): Promise<void> {
  const queues = await activeQueues(tx);
  const general = queues.find(({ id }) => id === GENERAL_QUEUE_ID);
  if (general === undefined) throw new Error("The queue General is gone; the migrations make it.");
  const now = ctx.now();
  const routes = cases.map((one) => ({ one, queue: firstTaker(queues, one.facts) ?? general }));
  const standIns = await standInRanks(
    tx,
    cases.filter((one) => one.facts.masked && one.rankMinor === one.expectedLossMinor),
  );
  await tx.$executeRaw`
    update "case" c set queue_id = r.queue, routed_at = ${now.toISOString()}::timestamptz,
           due_at = c.opened_at + r.sla * interval '1 minute', card_token = coalesce(c.card_token, r.card),
           rank_minor = coalesce(r.stand_in, c.rank_minor)
    from unnest(${routes.map(({ one }) => one.id)}::text[], ${routes.map(({ queue }) => queue.id)}::text[],
                ${routes.map(({ queue }) => queue.slaMinutes)}::int[],
                ${routes.map(({ one }) => one.cardToken)}::text[],
                ${routes.map(({ one }) => standIns.get(one.id) ?? null)}::bigint[]) as r(id, queue, sla, card, stand_in)
    where c.id = r.id`;
  await recordEvents(
    tx,
    ctx,
    routes.map(({ one, queue }) => ({
      caseId: one.id,
      kind: "routed",
      body: { queueId: queue.id, queue: queue.name },
    })),
  );
}

async function activeQueues(tx: Tx): Promise<Inbox[]> {
  const stored = await tx.queue.findMany({
    where: { archivedAt: null },
    orderBy: [{ position: "asc" }, { id: "asc" }],
  });
  return stored.map(({ id, name, slaMinutes, routing }) => ({
    id,
    name,
    slaMinutes,
    routing: QueueRouting.parse(routing),
  }));
}
