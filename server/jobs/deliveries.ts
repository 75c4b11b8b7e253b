import type { Database } from "#server/db/client.ts";
import type { ServiceContext } from "#server/services/context.ts";
import {
  claimDeliveries,
  cleanOutbox,
  dueEndpoints,
  handOver,
  type Senders,
  sendDelivery,
  settleDelivery,
} from "#server/services/webhook/index.ts";

export type DeliveriesDeps = {
  readonly db: Database;
  readonly now: () => Date;
  readonly senders: Senders;
  /** in [0, 1): spreads attempts */
  readonly random: () => number;
  readonly onError: (error: unknown) => void;
};

export type Deliveries = {
  /** Hands over what waits in the outbox, begins what is due, and now and then removes what is old. */
  tick(): Promise<void>;
  /** Resolves when nothing is being sent. */
  idle(): Promise<void>;
  /** Begins nothing more; resolves when what is being sent is settled. */
  stop(): Promise<void>;
};

const EVENTS = 500;
/** of the outbox in a tick, so that a tick ends soon and a worker can stop */
const MOST_BATCHES = 20;
const AT_ONCE = 8;
const CLEAN_MS = 60_000;
const CLEAN_ROWS = 5_000;

/**
 * What the worker does for webhooks. Every endpoint has a line of its own, so that a slow one holds up no other.
 * Several workers may tick: each event and each attempt is taken by one of them.
 */
export function createDeliveries({ db, now, senders, random, onError }: DeliveriesDeps): Deliveries {
  const ctx: ServiceContext = { db, now, actor: { kind: "job", name: "webhooks" } };
  const lines = new Map<string, Promise<void>>();
  let stopped = false;
  let cleanedAt = 0;

  async function empty(endpointId: string): Promise<void> {
    while (!stopped) {
      const claimed = await claimDeliveries(db, { endpointId, now: now(), limit: AT_ONCE });
      if (claimed.length === 0) return;
      await Promise.all(
        claimed.map(async (delivery) => {
          const answer = await sendDelivery(delivery, senders);
          await settleDelivery(ctx, delivery, { answer, random: random() });
        }),
      );
    }
  }

  async function clean(): Promise<void> {
    const at = now().getTime();
    if (at - cleanedAt < CLEAN_MS) return;
    const removed = await cleanOutbox(db, now(), CLEAN_ROWS);
    if (removed < CLEAN_ROWS) cleanedAt = at; // else there is more: go on in the next tick
  }

  return {
    async tick() {
      for (let batch = 0; batch < MOST_BATCHES; batch++) if ((await handOver(ctx, EVENTS)) < EVENTS) break;
      for (const id of await dueEndpoints(db, now())) {
        if (stopped || lines.has(id)) continue;
        lines.set(
          id,
          empty(id)
            .catch(onError)
            .finally(() => lines.delete(id)),
        );
      }
      await clean();
    },
    async idle() {
      await Promise.all(lines.values());
    },
    async stop() {
      stopped = true;
      await Promise.all(lines.values());
    },
  };
}
