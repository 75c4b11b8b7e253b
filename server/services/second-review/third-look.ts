import type { Tx } from "#server/db/client.ts";
import type { SecondReview } from "#server/db/generated/client.ts";
import { reopenRoots } from "#server/services/case/reopen-roots.ts";
import { tellOf } from "#server/services/case/tell-of.ts";
import type { ServiceContext } from "#server/services/context.ts";

/** On cases whose two reviewers differ. */
const SECOND_OPINION_TAG = "second-opinion";

const reviewDesk = { kind: "job", name: "second review" } as const;

/**
 * Puts a case on which two reviewers differ before a third: open again, escalated and tagged, in nobody's name, and
 * without a word of the second verdict. A case that was reopened meanwhile for another reason is left as it is. The
 * label of the first verdict stays until the third look ends.
 */
export async function askForThirdLook(tx: Tx, ctx: ServiceContext, review: SecondReview): Promise<void> {
  const { caseId, firstReviewerId, firstDisposition } = review;
  // The timeline must not name the second reviewer: who they were and that they differ would tell their verdict.
  const desk = { ...ctx, actor: reviewDesk };
  const standing = { id: caseId, closedById: firstReviewerId, disposition: firstDisposition };
  const [reopened] = await reopenRoots(tx, desk, standing, { reason: "second_review" });
  if (reopened === undefined) return;
  await tx.case.update({
    where: { id: caseId },
    data: { ownerId: null, escalatedAt: ctx.now(), tags: { push: SECOND_OPINION_TAG } },
  });
  const reason = "A second review asks for another look.";
  await tellOf(
    tx,
    desk,
    { caseId, action: "case.tag", kind: "tagged", body: { tags: [SECOND_OPINION_TAG] } },
    { caseId, action: "case.escalate", kind: "escalated", body: { reason } },
  );
}
