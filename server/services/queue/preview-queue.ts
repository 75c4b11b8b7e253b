import { z } from "zod";
import { requirePermission } from "#server/domain/permission.ts";
import { firstTaker, GENERAL_QUEUE_ID, QueueRouting, takesCase } from "#server/domain/queue.ts";
import { factColumns, factJoins, routedFacts, type StoredFacts } from "#server/services/case/routed-facts.ts";
import type { ServiceContext } from "#server/services/context.ts";

/** How many open cases are looked at, the newest first. */
const MOST_LOOKED_AT = 5_000;

export const PreviewQueueInput = z.strictObject({
  /** the queue that would take them; null for one to be made, which is tried after all others but General */
  queueId: z.string().min(1).max(128).nullable(),
  routing: QueueRouting,
});
export type PreviewQueueInput = z.infer<typeof PreviewQueueInput>;

type QueuePreview = {
  /** how many open cases were looked at, and whether these are all */
  readonly lookedAt: number;
  readonly isAll: boolean;
  /** how many of them the queue would get, were they routed now */
  readonly taken: number;
  /** how many more fit, but a queue that is tried earlier takes them */
  readonly takenEarlier: number;
};

/**
 * What a queue with this routing would get of the open cases, by the rules that route: of the newest 5,000, without
 * changing anything.
 * @throws ServiceError "forbidden".
 */
export async function previewQueue(ctx: ServiceContext, input: PreviewQueueInput): Promise<QueuePreview> {
  requirePermission(ctx.actor, "queue:write");
  const { queueId, routing } = input;
  const [rows, earlier] = await Promise.all([openFacts(ctx), queuesBefore(ctx, queueId)]);
  const fitting = rows
    .slice(0, MOST_LOOKED_AT)
    .map(routedFacts)
    .filter((facts) => takesCase(routing, facts));
  const takenEarlier = fitting.filter((facts) => firstTaker(earlier, facts) !== null).length;
  return {
    lookedAt: Math.min(rows.length, MOST_LOOKED_AT),
    isAll: rows.length <= MOST_LOOKED_AT,
    taken: fitting.length - takenEarlier,
    takenEarlier,
  };
}

function openFacts(ctx: ServiceContext): Promise<StoredFacts[]> {
  return ctx.db.$queryRaw<StoredFacts[]>`
    with newest as materialized (
      select * from "case" where status = 'open' order by opened_at desc limit ${MOST_LOOKED_AT + 1})
    select ${factColumns} from newest c ${factJoins} order by c.opened_at desc`;
}

async function queuesBefore(
  ctx: ServiceContext,
  queueId: string | null,
): Promise<{ readonly routing: QueueRouting }[]> {
  const stored = await ctx.db.queue.findMany({
    where: { archivedAt: null },
    orderBy: [{ position: "asc" }, { id: "asc" }],
    select: { id: true, routing: true },
  });
  const own = stored.findIndex(({ id }) => id === (queueId ?? GENERAL_QUEUE_ID));
  return stored.slice(0, Math.max(0, own)).map(({ routing }) => ({ routing: QueueRouting.parse(routing) }));
}
