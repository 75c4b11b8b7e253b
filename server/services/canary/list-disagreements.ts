import { z } from "zod";
import type { Disagreement } from "#server/db/generated/client.ts";
import { Outcome } from "#server/domain/outcome.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { blindTo } from "#server/services/transaction/blind-to.ts";

export const ListDisagreementsInput = z.object({
  versionId: z.string().min(1).max(64),
  currency: z.string().length(3),
  limit: z.int().min(1).max(100).default(25),
  cursor: z
    .string()
    .regex(/^-?\d{1,18} .{1,128}$/su)
    .nullish(),
});
export type ListDisagreementsInput = z.infer<typeof ListDisagreementsInput>;

const DisagreementRow = z.object({
  transactionId: z.string(),
  at: z.string(),
  amountMinor: z.number(),
  championOutcome: Outcome,
  versionOutcome: Outcome,
  championScore: z.number(),
  versionScore: z.number(),
  stakeMinor: z.number(),
});

export const DisagreementPage = z.object({
  rows: z.array(DisagreementRow),
  nextCursor: z.string().nullable(),
});
export type DisagreementPage = z.infer<typeof DisagreementPage>;

/**
 * Payments on which a version and the champion disagree, of one currency, the largest stake first. Payments that this
 * person reviews without their score are left out, so that nobody learns it here.
 * @throws ServiceError "forbidden" or "invalid"
 */
export async function listDisagreements(
  ctx: ServiceContext,
  { versionId, currency, limit, cursor }: ListDisagreementsInput,
): Promise<DisagreementPage> {
  requirePermission(ctx.actor, "model:read");
  const after = cursor == null ? null : cursorOf(cursor);
  const found = await ctx.db.disagreement.findMany({
    where: {
      versionId,
      currency,
      ...(after === null
        ? {}
        : {
            OR: [
              { stakeMinor: { lt: after.stake } },
              { stakeMinor: after.stake, transactionId: { gt: after.id } },
            ],
          }),
    },
    orderBy: [{ stakeMinor: "desc" }, { transactionId: "asc" }],
    take: limit + 1,
  });
  const page = found.slice(0, limit);
  const hidden = await blindTo(
    ctx,
    page.map(({ transactionId }) => transactionId),
  );
  const last = page.at(-1);
  return {
    rows: page.filter(({ transactionId }) => !hidden.has(transactionId)).map(rowOf),
    nextCursor:
      found.length <= limit || last === undefined ? null : `${last.stakeMinor} ${last.transactionId}`,
  };
}

function cursorOf(cursor: string): { stake: bigint; id: string } {
  const space = cursor.indexOf(" ");
  if (space < 1) throw new ServiceError("invalid", "This is no page of the list.");
  return { stake: BigInt(cursor.slice(0, space)), id: cursor.slice(space + 1) };
}

function rowOf(row: Disagreement): z.infer<typeof DisagreementRow> {
  return {
    transactionId: row.transactionId,
    at: row.at.toISOString(),
    amountMinor: Number(row.amountMinor),
    championOutcome: Outcome.parse(row.championOutcome),
    versionOutcome: Outcome.parse(row.versionOutcome),
    championScore: row.championScore,
    versionScore: row.versionScore,
    stakeMinor: Number(row.stakeMinor),
  };
}
