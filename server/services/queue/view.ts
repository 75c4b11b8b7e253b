import type { Prisma } from "#server/db/generated/client.ts";
import { QueueAssignment, QueueRouting } from "#server/domain/queue.ts";
import { isAway } from "#server/services/user/presence.ts";

/** A queue as it is set up. Times are ISO strings. */
export type QueueView = {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** the order in which queues are tried */
  readonly position: number;
  readonly routing: QueueRouting;
  readonly slaMinutes: number | null;
  readonly assignment: QueueAssignment;
  /** by name */
  readonly members: readonly { readonly id: string; readonly name: string; readonly away: boolean }[];
  readonly archivedAt: string | null;
  readonly version: number;
};

/** What of a queue and its members a view needs. */
export const queueInclude = {
  members: {
    include: { user: { select: { id: true, name: true, awayFrom: true, awayUntil: true } } },
    orderBy: { user: { name: "asc" } },
  },
} satisfies Prisma.QueueInclude;

type StoredQueue = Prisma.QueueGetPayload<{ include: typeof queueInclude }>;

export function queueView(stored: StoredQueue, now: Date): QueueView {
  return {
    id: stored.id,
    name: stored.name,
    description: stored.description,
    position: stored.position,
    routing: QueueRouting.parse(stored.routing),
    slaMinutes: stored.slaMinutes,
    assignment: QueueAssignment.parse(stored.assignment),
    members: stored.members.map(({ user }) => ({ id: user.id, name: user.name, away: isAway(user, now) })),
    archivedAt: stored.archivedAt?.toISOString() ?? null,
    version: stored.version,
  };
}
