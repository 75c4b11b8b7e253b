import { z } from "zod";
import type { Prisma } from "#server/db/generated/client.ts";
import { actorId } from "#server/domain/actor.ts";
import { Disposition, QueuePile } from "#server/domain/case.ts";
import { type CaseOrigin, caseOrigins } from "#server/domain/case-words.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { seesMasked } from "./mask-case.ts";

export const QueueFilter = z.object({
  pile: QueuePile.default("open"),
  /** of this queue; "none" for those not routed yet */
  queueId: z.string().max(128).nullish(),
  origin: z.enum(caseOrigins).nullish(),
  /** of those opened to learn from: drawn at random, or asked for by the model; for whoever may see masked cases */
  explored: z.enum(["random", "active"]).nullish(),
  /** mine, free (nobody's), or a user's id: theirs by assignment or by a claim that still counts */
  holder: z.string().max(128).nullish(),
  /** whose by assignment alone: mine, none, or a user's id */
  owner: z.string().max(128).nullish(),
  tag: z.string().max(32).nullish(),
  escalated: z.boolean().nullish(),
  /** due before now, or within so many minutes */
  overdue: z.boolean().nullish(),
  dueWithinMinutes: z.int().min(0).max(525_600).nullish(),
  disposition: Disposition.nullish(),
  currency: z.string().length(3).nullish(),
  /** minor units of the currency, or of each case's own where none is named */
  minAmountMinor: z.int().min(0).nullish(),
  minScore: z.number().min(0).max(1).nullish(),
  /** a case's number, or the id of a transaction, or the beginning of a customer's or merchant's id */
  search: z.string().trim().max(128).nullish(),
});
export type QueueFilter = z.infer<typeof QueueFilter>;

type Conditions = Prisma.CaseWhereInput[];

/**
 * The filter as conditions on cases, as they stand now, in a few parts that share no case: each part can be read by an
 * index of its own, which a condition of either kind could not.
 */
export function queueParts(ctx: ServiceContext, filter: QueueFilter): Conditions[] {
  const shared = sharedWhere(ctx, filter);
  const found = filter.search ? searchParts(filter.search) : [[]];
  return holderParts(ctx, filter.holder).flatMap((held) =>
    found.map((part) => [...shared, ...held, ...part]),
  );
}

function holderParts(ctx: ServiceContext, holder: string | null | undefined): Conditions[] {
  if (!holder) return [[]];
  if (holder === "free") return [[{ ownerId: null }, unclaimedAt(ctx.now())]];
  const who = personOf(holder, ctx);
  const claimed = { assigneeId: who, claimedUntil: { gt: ctx.now() } };
  return [[{ ownerId: who }], [claimed, { OR: [{ ownerId: null }, { ownerId: { not: who } }] }]];
}

/** The filter as one condition, for what needs no order. */
export function queueWhere(ctx: ServiceContext, filter: QueueFilter): Prisma.CaseWhereInput {
  const parts = queueParts(ctx, filter).map((part) => ({ AND: part }));
  return parts.length === 1 ? (parts[0] ?? {}) : { OR: parts };
}

function sharedWhere(ctx: ServiceContext, filter: QueueFilter): Conditions {
  const now = ctx.now();
  const { pile, queueId, owner, tag, disposition, currency, minAmountMinor, minScore } = filter;
  const hides = pile !== "closed" && !seesMasked(ctx.actor);
  const all: (Prisma.CaseWhereInput | null | undefined)[] = [
    pileWhere(pile, now),
    queueId ? { queueId: queueId === "none" ? null : queueId } : null,
    filter.origin ? originWhere(filter.origin, hides) : null,
    filter.explored ? exploredWhere(filter.explored, ctx) : null,
    owner ? { ownerId: owner === "none" ? null : personOf(owner, ctx) } : null,
    tag ? { AND: [{ tags: { has: tag } }, { tags: { isEmpty: false } }] } : null,
    filter.escalated ? { escalatedAt: { not: null } } : null,
    dueWhere(filter, now),
    disposition ? { disposition } : null,
    currency ? { currency } : null,
    minAmountMinor ? { amountMinor: { gte: BigInt(minAmountMinor) } } : null,
    minScore ? { score: { gte: minScore }, ...(hides ? { masked: false } : {}) } : null,
  ];
  return all.filter((condition) => condition != null);
}

function pileWhere(pile: QueuePile, now: Date): Prisma.CaseWhereInput {
  // Open cases come first in the index of closing times: naming them out steps over them.
  if (pile === "closed") return { status: "closed", closedAt: { not: null } };
  if (pile === "held") return { status: "open", heldAt: { not: null } };
  if (pile === "snoozed") return { status: "open", heldAt: null, snoozedUntil: { gt: now } };
  return { status: "open", heldAt: null, OR: [{ snoozedUntil: null }, { snoozedUntil: { lte: now } }] };
}

/** Masked cases show as policy, so that is where they are found by whom they hide their origin from. */
function originWhere(origin: CaseOrigin, hides: boolean): Prisma.CaseWhereInput {
  if (!hides) return { origin };
  if (origin === "exploration") return { id: { in: [] } };
  return origin === "policy" ? { OR: [{ origin }, { masked: true }] } : { origin, masked: false };
}

/** Nothing for those whom masked cases hide their origin from, closed ones too: what was drawn is not theirs to know. */
function exploredWhere(explored: "random" | "active", ctx: ServiceContext): Prisma.CaseWhereInput {
  if (!seesMasked(ctx.actor)) return { id: { in: [] } };
  const exploration = explored === "active" ? "active_learning" : { not: "active_learning" };
  return { origin: "exploration", transaction: { decision: { exploration } } };
}

function dueWhere({ overdue, dueWithinMinutes }: QueueFilter, now: Date): Prisma.CaseWhereInput | null {
  if (dueWithinMinutes != null) {
    return { dueAt: { lte: new Date(now.getTime() + dueWithinMinutes * 60_000) } };
  }
  return overdue ? { dueAt: { lte: now } } : null;
}

function unclaimedAt(now: Date): Prisma.CaseWhereInput {
  return { OR: [{ claimedUntil: null }, { claimedUntil: { lte: now } }] };
}

function personOf(named: string, ctx: ServiceContext): string {
  return named === "mine" ? (actorId(ctx.actor) ?? "nobody") : named;
}

function searchParts(search: string): Conditions[] {
  const number = /^#?(\d{1,9})$/.exec(search)?.[1];
  if (number !== undefined) return [[{ number: Number(number) }]];
  // Underscores and per cent signs of an id stand for themselves, and let the index find where to begin.
  const startsWith = search.replace(/[\\%_]/g, "\\$&");
  const customer = { customerId: { startsWith } };
  const other = [{ NOT: { transactionId: search } }];
  return [
    [{ transactionId: search }],
    [...other, customer],
    [...other, { NOT: customer }, { merchantId: { startsWith } }],
  ];
}
