import type { Tx } from "#server/db/client.ts";
import { inTransaction, recordAudits, type ServiceContext } from "#server/services/context.ts";
import { isPresent } from "#server/services/user/presence.ts";
import { dealTurns, type Player, type Turn } from "./deal-turns.ts";
import { freeNow } from "./free-now.ts";
import { recordEvents } from "./record-event.ts";
import { takesRoutingTurn } from "./routing-turn.ts";

/**
 * Assigns nobody's cases of the queues that assign in turn, up to `limit` of each, the best first: to the member
 * whose last turn lies longest back among those who are there and have room. Where nobody has, they wait. Returns
 * how many were assigned.
 */
export async function assignTurns(ctx: ServiceContext, limit: number): Promise<number> {
  return inTransaction(ctx, async (tx) => {
    if (!(await takesRoutingTurn(tx))) return 0;
    const queues = await turnQueues(tx, ctx.now());
    const players = await playersOf(
      tx,
      queues.flatMap(({ members }) => members),
    );
    let assigned = 0;
    for (const { id, members } of queues) {
      const free = players.filter((player) => members.includes(player.id) && player.room > 0);
      if (free.length === 0) continue;
      const caseIds = await lockUnowned(tx, { queueId: id, now: ctx.now(), limit });
      const from = new Date(ctx.now().getTime() + assigned);
      const turns = dealTurns({ caseIds, players: free, from });
      await write(tx, ctx, turns);
      assigned += turns.length;
    }
    return assigned;
  });
}

type TurnQueue = { readonly id: string; readonly members: readonly string[] };

/** The queues that assign in turn and have cases of nobody's, with those of their members who are there. */
async function turnQueues(tx: Tx, now: Date): Promise<TurnQueue[]> {
  const waiting = await tx.$queryRaw<{ id: string }[]>`
    select id from queue q where archived_at is null and assignment = 'round_robin' and exists (
      select from "case" where queue_id = q.id and owner_id is null and ${freeNow(now)})`;
  if (waiting.length === 0) return [];
  const queues = await tx.queue.findMany({
    where: { id: { in: waiting.map(({ id }) => id) } },
    orderBy: { position: "asc" },
    include: { members: { include: { user: true } } },
  });
  return queues
    .map(({ id, members }) => ({
      id,
      members: members.filter(({ user }) => isPresent(user, now)).map(({ userId }) => userId),
    }))
    .filter(({ members }) => members.length > 0);
}

/** What of everybody's capacity is left; those without a bound have endless room. */
async function playersOf(tx: Tx, ids: readonly string[]): Promise<Player[]> {
  if (ids.length === 0) return [];
  const rows = await tx.$queryRaw<Omit<Player & { capacity: number | null; open: number }, "room">[]>`
    select u.id, u.name, u.last_assigned_at as "lastAssignedAt", u.case_capacity as capacity,
           (select count(*)::int from (select from "case" c where c.status = 'open' and c.owner_id = u.id
            limit coalesce(u.case_capacity, 0)) theirs) as open
    from "user" u where u.id = any(${[...new Set(ids)]}::text[])`;
  return rows.map(({ capacity, open, ...player }) => ({
    ...player,
    room: capacity === null ? Number.POSITIVE_INFINITY : capacity - open,
  }));
}

type Unowned = { readonly queueId: string; readonly now: Date; readonly limit: number };

/** What was escalated is left to those who manage cases, or it could be dealt to whoever escalated it. */
async function lockUnowned(tx: Tx, { queueId, now, limit }: Unowned): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id from "case" where queue_id = ${queueId} and owner_id is null and escalated_at is null and ${freeNow(now)}
    order by rank_minor desc, id limit ${limit} for no key update skip locked`;
  return rows.map(({ id }) => id);
}

async function write(tx: Tx, ctx: ServiceContext, turns: readonly Turn[]): Promise<void> {
  if (turns.length === 0) return;
  await tx.$executeRaw`
    update "case" c set owner_id = t.owner, version = c.version + 1
    from unnest(${turns.map((turn) => turn.caseId)}::text[], ${turns.map(({ to }) => to.id)}::text[]) as t(id, owner)
    where c.id = t.id`;
  const last = new Map(turns.map(({ to, at }) => [to.id, at.toISOString()]));
  await tx.$executeRaw`
    update "user" u set last_assigned_at = t.at
    from unnest(${[...last.keys()]}::text[], ${[...last.values()]}::timestamptz[]) as t(id, at) where u.id = t.id`;
  await recordEvents(
    tx,
    ctx,
    turns.map(({ caseId, to }) => ({
      caseId,
      kind: "assigned",
      body: { toId: to.id, to: to.name, because: "turn" },
    })),
  );
  await recordAudits(
    tx,
    ctx,
    turns.map(({ caseId, to }) => ({
      action: "case.assign",
      subjectType: "case",
      subjectId: caseId,
      before: { ownerId: null },
      after: { ownerId: to.id, because: "turn" },
    })),
  );
}
