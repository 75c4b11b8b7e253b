import { z } from "zod";
import { Disposition } from "#server/domain/case.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { requireReviewer } from "./require-reviewer.ts";
import { askForThirdLook } from "./third-look.ts";

export const SecondVerdictInput = z.strictObject({
  id: z.string().min(1).max(64),
  disposition: Disposition,
});
export type SecondVerdictInput = z.infer<typeof SecondVerdictInput>;

/**
 * Keeps the second verdict in a row of its own: it overwrites nothing and is no label. Where it differs from the
 * first, the case goes to a third person. Whether it did is not told, so that nobody learns the first verdict.
 * @throws ServiceError "forbidden", "not_found", or "conflict" (not the actor's any more, or answered before).
 */
export async function giveSecondVerdict(
  ctx: ServiceContext,
  { id, disposition }: SecondVerdictInput,
): Promise<{ readonly id: string }> {
  const me = requireReviewer(ctx);
  const now = ctx.now();
  return inTransaction(ctx, async (tx) => {
    const { count } = await tx.secondReview.updateMany({
      where: { id, reviewerId: me, reviewedAt: null, claimedUntil: { gt: now } },
      data: { disposition, reviewedAt: now, claimedUntil: null },
    });
    const review = await tx.secondReview.findUnique({ where: { id } });
    if (review === null) throw new ServiceError("not_found", "There is no such second review.");
    if (count === 0) {
      const answered = review.reviewedAt !== null;
      throw new ServiceError(
        "conflict",
        answered ? "This case has had its second verdict." : "The time for this case is over; take it again.",
      );
    }
    await recordAudit(tx, ctx, {
      action: "second_review.answer",
      subjectType: "second_review",
      subjectId: id,
      after: { caseId: review.caseId, disposition },
    });
    if (disposition !== review.firstDisposition) await askForThirdLook(tx, ctx, review);
    return { id };
  });
}
