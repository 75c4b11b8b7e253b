import { z } from "zod";
import type { Prisma } from "#server/db/generated/client.ts";
import { actorId } from "#server/domain/actor.ts";
import { caseOrigins, Disposition, QueuePile } from "#server/domain/case.ts";
import type { ServiceContext } from "#server/services/context.ts";

export const QueueFilter = z.object({
  pile: QueuePile.default("open"),
  origin: z.enum(caseOrigins).nullish(),
  /** mine, free (nobody's), or a user's id */
  holder: z.string().max(128).nullish(),
  disposition: Disposition.nullish(),
  minAmountMinor: z.int().min(0).nullish(),
  /** a case's number, or the id of a transaction, or the beginning of a customer's or merchant's id */
  search: z.string().trim().max(128).nullish(),
});
export type QueueFilter = z.infer<typeof QueueFilter>;

/** The filter as conditions on cases, as they stand now. */
export function queueWhere(ctx: ServiceContext, filter: QueueFilter): Prisma.CaseWhereInput[] {
  const now = ctx.now();
  const conditions = [pileWhere(filter.pile, now)];
  if (filter.origin) conditions.push({ origin: filter.origin });
  if (filter.holder) conditions.push(holderWhere(filter.holder, actorId(ctx.actor), now));
  if (filter.disposition) conditions.push({ disposition: filter.disposition });
  if (filter.minAmountMinor) conditions.push({ amountMinor: { gte: BigInt(filter.minAmountMinor) } });
  if (filter.search) conditions.push(searchWhere(filter.search));
  return conditions;
}

function pileWhere(pile: QueuePile, now: Date): Prisma.CaseWhereInput {
  if (pile === "closed") return { status: "closed" };
  if (pile === "held") return { status: "open", heldAt: { not: null } };
  if (pile === "snoozed") return { status: "open", heldAt: null, snoozedUntil: { gt: now } };
  return { status: "open", heldAt: null, OR: [{ snoozedUntil: null }, { snoozedUntil: { lte: now } }] };
}

function holderWhere(holder: string, me: string | null, now: Date): Prisma.CaseWhereInput {
  if (holder === "free") return { OR: [{ claimedUntil: null }, { claimedUntil: { lte: now } }] };
  return { assigneeId: holder === "mine" ? (me ?? "nobody") : holder, claimedUntil: { gt: now } };
}

function searchWhere(search: string): Prisma.CaseWhereInput {
  const number = /^#?(\d{1,9})$/.exec(search)?.[1];
  if (number !== undefined) return { number: Number(number) };
  return {
    OR: [
      { transactionId: search },
      { customerId: { startsWith: search } },
      { merchantId: { startsWith: search } },
    ],
  };
}
