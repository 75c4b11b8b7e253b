import type { Tx } from "#server/db/client.ts";
import { actorId } from "#server/domain/actor.ts";
import type { TrainingTrigger } from "#server/domain/training-trigger.ts";
import { recordAudit, type ServiceContext } from "#server/services/context.ts";
import { heedAll } from "#server/services/retraining/state.ts";
import type { TrainingOptions } from "./options.ts";
import { type TrainingRunView, trainingRunView, withNames } from "./view.ts";

export type NewRun = {
  readonly options: TrainingOptions;
  readonly trigger: TrainingTrigger;
  /** the caller carries it out at once: it starts as running */
  readonly foreground?: boolean;
};

/** Makes a run with its audit row, in the caller's transaction. Another one under way is a unique violation. */
export async function createRun(tx: Tx, ctx: ServiceContext, wanted: NewRun): Promise<TrainingRunView> {
  const { options, trigger, foreground = false } = wanted;
  const now = ctx.now();
  const started = { status: "running", stage: "starting", startedAt: now, heartbeatAt: now };
  // First, so that all who make runs take locks in one order. A new calibration learns nothing that labels wait for.
  if (options.recalibrates === null) await heedAll(tx);
  const run = await tx.trainingRun.create({
    data: {
      ...(foreground ? started : {}),
      requestedById: ctx.actor.kind === "user" ? actorId(ctx.actor) : null,
      requestedAt: now,
      options,
      trigger,
    },
    include: withNames,
  });
  await recordAudit(tx, ctx, {
    action: "training.request",
    subjectType: "training_run",
    subjectId: run.id,
    after: { ...options, trigger },
  });
  return trainingRunView(run);
}
