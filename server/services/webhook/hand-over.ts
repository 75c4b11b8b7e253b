import type { Tx } from "#server/db/client.ts";
import type { WebhookEndpoint } from "#server/db/generated/client.ts";
import { openEventAlert } from "#server/services/alert/index.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";

type Waiting = { readonly id: string; readonly type: string; readonly payload: unknown };
type Endpoint = Pick<WebhookEndpoint, "id" | "kind" | "eventTypes">;

/**
 * Hands up to `limit` events of the outbox to the endpoints that want them, as deliveries, and makes alerts of those
 * that raise one, all in one transaction: an event is handed over once, whatever dies. Several workers may do this at
 * once. Returns how many events it took.
 */
export async function handOver(ctx: ServiceContext, limit: number): Promise<number> {
  const at = ctx.now();
  return inTransaction(ctx, async (tx) => {
    const events = await tx.$queryRaw<Waiting[]>`
      select id, type, payload from outbox_event where delivered_at is null
      order by at limit ${limit} for update skip locked`;
    if (events.length === 0) return 0;
    const endpoints = await tx.webhookEndpoint.findMany({
      where: { disabledAt: null },
      select: { id: true, kind: true, eventTypes: true },
    });
    const handed = await deliveriesOf(tx, { events, endpoints, at });
    await tx.webhookDelivery.createMany({
      data: handed.map((each) => ({ ...each, createdAt: at, nextAttemptAt: at })),
    });
    const counts = Map.groupBy(handed, ({ eventId }) => eventId);
    await tx.$executeRaw`
      update outbox_event e set delivered_at = ${at.toISOString()}::timestamptz, endpoints = taken.n
      from unnest(${events.map(({ id }) => id)}::text[],
        ${events.map(({ id }) => counts.get(id)?.length ?? 0)}::int[]) as taken (id, n)
      where e.id = taken.id`;
    return events.length;
  });
}

type Handing = {
  readonly events: readonly Waiting[];
  readonly endpoints: readonly Endpoint[];
  readonly at: Date;
};

/** People are told of an alert when it opens, systems of every event. */
async function deliveriesOf(
  tx: Tx,
  { events, endpoints, at }: Handing,
): Promise<{ eventId: string; endpointId: string }[]> {
  const handed: { eventId: string; endpointId: string }[] = [];
  for (const { id: eventId, type, payload } of events) {
    const isNews = type !== "alert.raised" || (await openEventAlert(tx, payload, at));
    for (const { id: endpointId, kind, eventTypes } of endpoints) {
      if (eventTypes.includes(type) && (isNews || kind === "webhook")) handed.push({ eventId, endpointId });
    }
  }
  return handed;
}
