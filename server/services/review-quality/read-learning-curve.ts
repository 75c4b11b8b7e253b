import type { LearningCurve } from "#ml/training/learning-curve.ts";
import { requirePermission } from "#server/domain/permission.ts";
import type { ServiceContext } from "#server/services/context.ts";

export type LearningView = {
  readonly version: { readonly number: number; readonly status: string };
  readonly curve: LearningCurve;
};

/**
 * What more labels would buy, by the newest training that asked; null when none did.
 * @throws ServiceError "forbidden"
 */
export async function readLearningCurve(ctx: ServiceContext): Promise<LearningView | null> {
  requirePermission(ctx.actor, "review:quality");
  // Only the curve: the other metrics of a version are many times larger. Written by the training run alone.
  const [row] = await ctx.db.$queryRaw<{ number: number; status: string; curve: LearningCurve }[]>`
    select number, status, metrics -> 'learningCurve' as curve from model_version
    where jsonb_typeof(metrics -> 'learningCurve') = 'object' order by number desc limit 1`;
  return row === undefined ? null : { version: { number: row.number, status: row.status }, curve: row.curve };
}
