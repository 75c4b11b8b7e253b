import type { Tx } from "#server/db/client.ts";
import type { Disposition } from "#server/domain/case.ts";
import { drawOf } from "#server/domain/exploration.ts";
import { readReviewSettings } from "#server/services/review-settings/index.ts";

type FirstReview = {
  readonly caseIds: readonly string[];
  /** null when a job closed them: nobody's verdict is compared */
  readonly reviewerId: string | null;
  readonly disposition: Disposition;
};

/**
 * Draws which of the cases just closed someone else looks at again, blind. The draw depends on the case alone, so
 * closing it once more draws the same; one that was reviewed again already is not drawn twice.
 */
export async function drawSecondReviews(tx: Tx, now: Date, first: FirstReview): Promise<void> {
  const { reviewerId, disposition } = first;
  if (reviewerId === null) return;
  const { secondReviewShare: propensity } = await readReviewSettings(tx);
  const drawn = first.caseIds.filter((id) => drawOf(`second_review:${id}`) < propensity);
  if (drawn.length === 0) return;
  const sampled = { sampledAt: now, propensity, firstReviewerId: reviewerId, firstDisposition: disposition };
  await tx.secondReview.createMany({
    data: drawn.map((caseId) => ({ caseId, ...sampled })),
    skipDuplicates: true,
  });
}
