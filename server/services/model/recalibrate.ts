import { z } from "zod";
import { isUniqueViolation } from "#server/db/unique-violation.ts";
import { requirePermission } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { inTransaction, recordAudit, type ServiceContext } from "#server/services/context.ts";
import { createRun } from "#server/services/training/create-run.ts";
import { TrainingOptions } from "#server/services/training/options.ts";
import { failOrphanedRuns } from "#server/services/training/run-state.ts";
import type { TrainingRunView } from "#server/services/training/view.ts";

const MOST_OF_REASON = 400;

export const RecalibrateInput = z.strictObject({
  /** the champion whose calibration was looked at; another one by now is a conflict */
  championId: z.string().min(1).max(64),
  reason: z.string().trim().min(3).max(MOST_OF_REASON),
});
export type RecalibrateInput = z.infer<typeof RecalibrateInput>;

/**
 * Asks the worker for the champion with a new calibration, as a candidate that goes through the gate like any other.
 * It takes the place of a training: there is one run at a time.
 * @throws ServiceError "forbidden", "conflict" (another champion by now, or a run is under way)
 */
export async function recalibrateModel(
  ctx: ServiceContext,
  { championId, reason }: RecalibrateInput,
): Promise<TrainingRunView> {
  requirePermission(ctx.actor, "model:train");
  await failOrphanedRuns(ctx.db, ctx.now()); // a run that died must not block this one
  try {
    return await inTransaction(ctx, async (tx) => {
      const champion = await tx.modelVersion.findFirst({ where: { id: championId, status: "champion" } });
      if (champion === null) {
        throw new ServiceError(
          "conflict",
          "Another version is the champion by now; look at its calibration.",
        );
      }
      const { id: versionId, number, artifactHash } = champion;
      const options = TrainingOptions.parse({
        learningCurveSeconds: 0,
        recalibrates: { versionId, number, artifactHash },
      });
      const because = `Version ${number} is calibrated anew: ${reason}`;
      const run = await createRun(tx, ctx, { options, trigger: { kind: "hand", because } });
      await recordAudit(tx, ctx, {
        action: "model.recalibrate",
        subjectType: "model_version",
        subjectId: versionId,
        after: { number, reason, trainingRunId: run.id },
      });
      return run;
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new ServiceError("conflict", "A training is under way already; wait for it or cancel it.", {
      cause: error,
    });
  }
}
