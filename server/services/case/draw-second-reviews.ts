import type { Tx } from "#server/db/client.ts";
import type { Disposition } from "#server/domain/case.ts";
import { drawOf } from "#server/domain/exploration.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { readReviewSettings } from "#server/services/review-settings/index.ts";

/**
 * Draws which of the cases just closed someone else looks at again, blind. The draw depends on the case alone, so
 * closing it once more draws the same; one that was reviewed again already is not drawn twice.
 */
export async function drawSecondReviews(
  tx: Tx,
  ctx: ServiceContext,
  caseIds: readonly string[],
  firstDisposition: Disposition,
): Promise<void> {
  if (ctx.actor.kind !== "user") return;
  const { secondReviewShare: propensity } = await readReviewSettings(tx);
  const drawn = caseIds.filter((id) => drawOf(`second_review:${id}`) < propensity);
  if (drawn.length === 0) return;
  const sampled = { sampledAt: ctx.now(), propensity, firstReviewerId: ctx.actor.id, firstDisposition };
  await tx.secondReview.createMany({
    data: drawn.map((caseId) => ({ caseId, ...sampled })),
    skipDuplicates: true,
  });
}
