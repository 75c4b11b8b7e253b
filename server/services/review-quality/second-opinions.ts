import { type Agreement, type RatedPair, weightedAgreement } from "#ml/evaluation/agreement.ts";
import type { Database } from "#server/db/client.ts";
import { qualityFloors } from "#server/domain/review-quality.ts";
import type { QualityScope } from "./scope.ts";

export type SecondOpinions = {
  /** drawn in the window, and of those answered */
  readonly drawn: number;
  readonly answered: number;
  readonly needed: number;
  /** null under the floor of answered pairs */
  readonly agreement: Agreement | null;
  /** by person, first or second: pairs whose case is done with, and those in which both agree */
  readonly byPerson: ReadonlyMap<string, { readonly pairs: number; readonly agreed: number }>;
};

/**
 * How far second reviewers agree with the first, over cases drawn in the window. Each pair weighs one over the chance
 * that its case was drawn, so a share that was changed meanwhile does not tilt the figure.
 */
export async function secondOpinions(
  db: Database,
  { from, to, userId }: QualityScope,
): Promise<SecondOpinions> {
  const drawn = await db.secondReview.findMany({
    where: {
      sampledAt: { gte: from, lt: to },
      ...(userId === null ? {} : { OR: [{ firstReviewerId: userId }, { reviewerId: userId }] }),
    },
    select: {
      propensity: true,
      firstReviewerId: true,
      firstDisposition: true,
      reviewerId: true,
      disposition: true,
      case: { select: { status: true } },
    },
  });
  const pairs: RatedPair[] = [];
  const byPerson = new Map<string, { pairs: number; agreed: number }>();
  for (const { disposition, firstDisposition, propensity, ...review } of drawn) {
    if (disposition === null) continue;
    pairs.push({ first: firstDisposition, second: disposition, propensity });
    // An open one waits for a third look, and what the second said must not be told before it.
    if (review.case.status !== "closed") continue;
    for (const id of [review.firstReviewerId, review.reviewerId ?? ""]) {
      const counted = byPerson.get(id) ?? { pairs: 0, agreed: 0 };
      counted.pairs++;
      if (disposition === firstDisposition) counted.agreed++;
      byPerson.set(id, counted);
    }
  }
  const needed = qualityFloors.pairs;
  const agreement = userId === null && pairs.length >= needed ? weightedAgreement(pairs) : null;
  return { drawn: drawn.length, answered: pairs.length, needed, agreement, byPerson };
}
