import { z } from "zod";
import type { Tx } from "#server/db/client.ts";
import { Prisma } from "#server/db/generated/client.ts";
import { claimEnd } from "#server/services/case/claim-case.ts";
import {
  type AuditEntry,
  inTransaction,
  recordAudit,
  type ServiceContext,
} from "#server/services/context.ts";
import { type BlindCase, blindCase } from "./blind-case.ts";
import { requireReviewer } from "./require-reviewer.ts";
import { waitingFor } from "./waiting.ts";

export const TakeSecondReviewInput = z.strictObject({
  /** what the actor holds and gives back unanswered; the next one after it is taken */
  pass: z.string().min(1).max(64).nullable().default(null),
});
export type TakeSecondReviewInput = z.input<typeof TakeSecondReviewInput>;

type Place = { readonly id: string; readonly sampledAt: Date };

/**
 * Claims the case that has waited longest for a second look, never one on which the actor gave a verdict, and returns
 * it blind; null when none is left. One that the actor holds already is given again. However many ask at once, no two
 * get the same.
 * @throws ServiceError "forbidden".
 */
export async function takeSecondReview(
  ctx: ServiceContext,
  input: TakeSecondReviewInput = {},
): Promise<BlindCase | null> {
  const me = requireReviewer(ctx);
  const { pass } = TakeSecondReviewInput.parse(input);
  const now = ctx.now();
  const id = await inTransaction(ctx, async (tx) => {
    const passed = pass === null ? null : await giveBack(tx, ctx, { id: pass, me });
    const held = await tx.secondReview.findFirst({
      where: { reviewerId: me, reviewedAt: null, claimedUntil: { gt: now } },
      select: { id: true },
    });
    const next = held?.id ?? (await lockNext(tx, { me, now, after: passed }));
    if (next === null) return null;
    const claimedUntil = await claimEnd(tx, now);
    await tx.secondReview.update({ where: { id: next }, data: { reviewerId: me, claimedUntil } });
    if (held === null) {
      const after = { reviewerId: me, claimedUntil: claimedUntil.toISOString() };
      await tellOf(tx, ctx, { action: "second_review.claim", subjectId: next, after });
    }
    return next;
  });
  return id === null ? null : blindCase(ctx, id);
}

async function giveBack(
  tx: Tx,
  ctx: ServiceContext,
  { id, me }: { id: string; me: string },
): Promise<Place | null> {
  const mine = { id, reviewerId: me, reviewedAt: null };
  const { count } = await tx.secondReview.updateMany({
    where: mine,
    data: { reviewerId: null, claimedUntil: null },
  });
  if (count === 0) return null;
  await tellOf(tx, ctx, { action: "second_review.release", subjectId: id, before: { reviewerId: me } });
  return tx.secondReview.findUniqueOrThrow({ where: { id }, select: { id: true, sampledAt: true } });
}

async function lockNext(
  tx: Tx,
  { me, now, after }: { me: string; now: Date; after: Place | null },
): Promise<string | null> {
  const later =
    after === null
      ? Prisma.empty
      : Prisma.sql`and (s.sampled_at, s.id) > (${after.sampledAt.toISOString()}::timestamptz, ${after.id})`;
  const [next] = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
    select s.id ${waitingFor(me, now)} ${later} order by s.sampled_at, s.id limit 1 for update of s skip locked`);
  return next?.id ?? null;
}

async function tellOf(tx: Tx, ctx: ServiceContext, told: Omit<AuditEntry, "subjectType">): Promise<void> {
  await recordAudit(tx, ctx, { subjectType: "second_review", ...told });
}
