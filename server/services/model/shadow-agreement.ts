import { z } from "zod";
import { requirePermission } from "#server/domain/permission.ts";
import { decide, defaultPolicy, policyFor } from "#server/domain/policy.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { findActivePolicy } from "#server/services/policy/active-policy.ts";

/** Newest decisions that outcomes are compared over, and most that are counted at all. */
const COMPARED = 5_000;
const COUNTED = 100_000;

export const ShadowAgreement = z.object({
  /** decisions that the version scored in shadow */
  decisions: z.int(),
  /** true: there are more than were counted */
  capped: z.boolean(),
  /** of the newest, those that both models scored, and that the active policy decides alike by either score */
  compared: z.int(),
  same: z.int(),
  /** of the newest, those that the challenger could not score */
  failed: z.int(),
});
export type ShadowAgreement = z.infer<typeof ShadowAgreement>;

/** How far a version that scores, or scored, in shadow agrees with what served. @throws ServiceError "forbidden" */
export async function shadowAgreement(
  ctx: ServiceContext,
  { versionId }: { readonly versionId: string },
): Promise<ShadowAgreement> {
  requirePermission(ctx.actor, "model:read");
  const { db } = ctx;
  const [count] = await db.$queryRaw<{ n: number }[]>`
    select count(*)::int as n from
      (select 1 from decision where challenger_version_id = ${versionId} limit ${COUNTED + 1}) as scored`;
  const newest = await db.decision.findMany({
    where: { challengerVersionId: versionId },
    orderBy: { seq: "desc" },
    take: COMPARED,
    select: {
      score: true,
      challengerScore: true,
      amountMinor: true,
      currency: true,
      transaction: { select: { channel: true } },
    },
  });
  const policy = (await findActivePolicy(db))?.policy ?? defaultPolicy;
  let compared = 0;
  let same = 0;
  for (const { score, challengerScore, amountMinor, currency, transaction } of newest) {
    if (score === null || challengerScore === null) continue;
    const ofSegment = policyFor(policy, { currency, channel: transaction.channel });
    const outcomeOf = (one: number) =>
      decide({ status: "scored", score: one }, Number(amountMinor), ofSegment);
    compared++;
    if (outcomeOf(score) === outcomeOf(challengerScore)) same++;
  }
  const counted = count?.n ?? 0;
  return {
    decisions: Math.min(counted, COUNTED),
    capped: counted > COUNTED,
    compared,
    same,
    failed: newest.filter(({ challengerScore }) => challengerScore === null).length,
  };
}
