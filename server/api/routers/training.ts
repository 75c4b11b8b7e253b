import { z } from "zod";
import { TrainingStatus } from "#server/domain/model-version.ts";
import { RetrainingSettings } from "#server/domain/retraining-settings.ts";
import { TrainingTrigger } from "#server/domain/training-trigger.ts";
import { RecalibrateInput, recalibrateModel } from "#server/services/model/index.ts";
import {
  ChangeRetrainingInput,
  changeRetrainingSettings,
  getRetraining,
  RetrainingView,
} from "#server/services/retraining/index.ts";
import {
  cancelTraining,
  currentTraining,
  getManifest,
  listTrainings,
  requestTraining,
  TrainingManifest,
  TrainingOptions,
} from "#server/services/training/index.ts";
import { permitted, router } from "../trpc.ts";

const TrainingRunView = z.object({
  id: z.string(),
  status: TrainingStatus,
  requestedBy: z.string().nullable(),
  requestedAt: z.string(),
  startedAt: z.string().nullable(),
  heartbeatAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  progress: z.number().min(0).max(1),
  stage: z.string(),
  options: TrainingOptions,
  error: z.string().nullable(),
  cancelRequested: z.boolean(),
  trigger: TrainingTrigger.nullable(),
  modelVersion: z.object({ id: z.string(), number: z.int() }).nullable(),
});

export const trainingRouter = router({
  start: permitted("model:train")
    .input(TrainingOptions)
    .output(TrainingRunView)
    .mutation(({ ctx, input }) => requestTraining(ctx, input)),

  /** The champion as a candidate with another calibration; the worker makes it. */
  recalibrate: permitted("model:train")
    .input(RecalibrateInput)
    .output(TrainingRunView)
    .mutation(({ ctx, input }) => recalibrateModel(ctx, input)),

  cancel: permitted("model:train")
    .input(z.object({ runId: z.string().min(1).max(64) }))
    .output(TrainingRunView)
    .mutation(({ ctx, input }) => cancelTraining(ctx, input)),

  /** What waits or runs now, else what ended last: pages poll it. */
  current: permitted("model:read")
    .output(TrainingRunView.nullable())
    .query(({ ctx }) => currentTraining(ctx)),

  list: permitted("model:read")
    .input(z.object({ limit: z.int().min(1).max(200).default(50) }).default({ limit: 50 }))
    .output(z.array(TrainingRunView))
    .query(({ ctx, input }) => listTrainings(ctx, input)),

  /** What a run learned from, to be kept and repeated. */
  manifest: permitted("model:read")
    .input(z.object({ runId: z.string().min(1).max(64) }))
    .output(TrainingManifest)
    .query(({ ctx, input }) => getManifest(ctx, input)),

  /** When models are trained anew, and how near that is. */
  triggers: permitted("model:read")
    .output(RetrainingView)
    .query(({ ctx }) => getRetraining(ctx)),

  setTriggers: permitted("model:train")
    .input(ChangeRetrainingInput)
    .output(RetrainingSettings)
    .mutation(({ ctx, input }) => changeRetrainingSettings(ctx, input)),
});
