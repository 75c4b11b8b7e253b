import { z } from "zod";
import { requirePermission } from "#server/domain/permission.ts";
import { RetrainingSettings } from "#server/domain/retraining-settings.ts";
import { TrainingTrigger } from "#server/domain/training-trigger.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { readRetrainingSettings } from "./read-settings.ts";
import { nextTime } from "./schedule.ts";
import { pendingOf } from "./state.ts";

export const RetrainingView = z.object({
  settings: RetrainingSettings,
  /** labels that became mature since the last run; null before the worker first looked */
  matureLabels: z.int().nullable(),
  /** next time of the schedule, ISO 8601 UTC; null when it is off */
  nextAt: z.string().nullable(),
  /** what asked for a training and waits for the one under way to end */
  pending: TrainingTrigger.nullable(),
});
export type RetrainingView = z.infer<typeof RetrainingView>;

/** When models are trained anew, and how near that is. @throws ServiceError "forbidden" */
export async function getRetraining(ctx: ServiceContext): Promise<RetrainingView> {
  requirePermission(ctx.actor, "model:read");
  const settings = await readRetrainingSettings(ctx.db);
  const state = await ctx.db.retrainingState.findFirst();
  return {
    settings,
    matureLabels: state?.matureLabels ?? null,
    nextAt: nextTime(settings.schedule, ctx.now())?.toISOString() ?? null,
    pending: state === null ? null : pendingOf(state),
  };
}
