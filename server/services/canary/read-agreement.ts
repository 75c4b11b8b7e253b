import { z } from "zod";
import { Outcome, outcomes } from "#server/domain/outcome.ts";
import { requirePermission } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";

const WithFailed = z.enum([...outcomes, "failed"]);

const DisagreedPair = z.object({
  currency: z.string(),
  championOutcome: Outcome,
  versionOutcome: Outcome,
  payments: z.int(),
  amountMinor: z.number(),
  stakeMinor: z.number(),
});

export const Agreement = z.object({
  /** payments that the version scored, or failed to, beside the champion */
  decisions: z.int(),
  /** that both scored, and that the policy of then decides alike by either score */
  compared: z.int(),
  same: z.int(),
  /** that the version could not score */
  failed: z.int(),
  /** where they disagree, by what each would do; the largest stake first */
  disagreed: z.array(DisagreedPair),
  /** those that disagreements are in, most payments first */
  currencies: z.array(z.string()),
});
export type Agreement = z.infer<typeof Agreement>;

/** How far a version that scores, or scored, beside the champion agrees with it. @throws ServiceError "forbidden" */
export async function readAgreement(
  ctx: ServiceContext,
  { versionId }: { readonly versionId: string },
): Promise<Agreement> {
  requirePermission(ctx.actor, "model:read");
  const pairs = (await ctx.db.shadowPair.findMany({ where: { versionId } })).map((pair) => ({
    currency: pair.currency,
    championOutcome: WithFailed.parse(pair.championOutcome),
    versionOutcome: WithFailed.parse(pair.versionOutcome),
    payments: pair.payments,
    amountMinor: Number(pair.amountMinor),
    stakeMinor: Number(pair.stakeMinor),
  }));
  const sum = (of: typeof pairs): number => of.reduce((total, { payments }) => total + payments, 0);
  const compared = pairs.filter(
    (pair) => pair.championOutcome !== "failed" && pair.versionOutcome !== "failed",
  );
  const disagreed = z
    .array(DisagreedPair)
    .parse(compared.filter((pair) => pair.championOutcome !== pair.versionOutcome))
    .sort((a, b) => b.stakeMinor - a.stakeMinor);
  const byCurrency = [...Map.groupBy(disagreed, ({ currency }) => currency)].sort(
    ([, a], [, b]) => sum(b) - sum(a),
  );
  return {
    decisions: sum(pairs),
    compared: sum(compared),
    same: sum(compared.filter((pair) => pair.championOutcome === pair.versionOutcome)),
    failed: sum(pairs.filter(({ versionOutcome }) => versionOutcome === "failed")),
    disagreed,
    currencies: byCurrency.map(([currency]) => currency),
  };
}
