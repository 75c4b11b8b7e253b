import { z } from "zod";
import { Prisma } from "#server/db/generated/client.ts";
import { Label, LabelSource } from "#server/domain/label.ts";
import type { QualityInput } from "#server/domain/review-quality.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { judgedVerdicts } from "./judged-verdicts.ts";
import { qualityScope } from "./scope.ts";

const Overruled = z.object({
  seq: z.bigint().transform(Number),
  caseId: z.string().nullable(),
  caseNumber: z.number().nullable(),
  transactionId: z.string(),
  amountMinor: z.number(),
  currency: z.string(),
  person: z.string(),
  verdict: Label,
  givenAt: z.date().transform((date) => date.toISOString()),
  truth: Label,
  source: LabelSource,
  overruledAt: z.date().transform((date) => date.toISOString()),
});
/** A verdict that another source contradicted later. */
export type Overruled = z.infer<typeof Overruled>;

const MOST = 100;

/**
 * Verdicts of the last days that a chargeback or another source contradicted since, the latest first, at most 100:
 * everyone's for those who look after quality, one's own for analysts, so that nothing is counted against anybody
 * without their seeing it.
 * @throws ServiceError "forbidden"
 */
export async function listOverruled(ctx: ServiceContext, input: QualityInput): Promise<Overruled[]> {
  const scope = qualityScope(ctx, input);
  const rows = await ctx.db.$queryRaw<unknown[]>(Prisma.sql`
    select j.seq, c.id as "caseId", c.number as "caseNumber", j.transaction_id as "transactionId",
      j.amount_minor::float8 as "amountMinor", j.currency, u.name as person, j.verdict, j.given_at as "givenAt",
      j.truth, j.truth_source as source, j.truth_at as "overruledAt"
    from (${judgedVerdicts(scope)}) as j
    join "user" u on u.id = j.actor_id left join "case" c on c.transaction_id = j.transaction_id
    where j.truth <> j.verdict
    order by j.truth_at desc, j.seq desc limit ${MOST}`);
  return z.array(Overruled).parse(rows);
}
