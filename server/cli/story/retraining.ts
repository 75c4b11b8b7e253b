import { RetrainingSettings } from "#server/domain/retraining-settings.ts";
import { TrainingTrigger } from "#server/domain/training-trigger.ts";
import { lookForReasons } from "#server/services/retraining/index.ts";
import {
  claimRun,
  runTraining,
  type TrainingEnd,
  type TrainingOptionsInput,
} from "#server/services/training/index.ts";
import { type Installation, jobContext } from "./installation.ts";

/** A training of the story and what became of it. */
export type Retraining = {
  readonly atMs: number;
  readonly trigger: TrainingTrigger["kind"];
  readonly because: string;
  /** version of the candidate; null where the run ended without one */
  readonly version: number | null;
  /** end of the payments that it learned from, was calibrated on and judged by */
  readonly seenToMs: number | null;
  readonly promoted: boolean;
  /** the gate's reasons, or why there is no candidate */
  readonly says: string;
};

type OnProgress = (fraction: number, stage: string) => void;

/** Trees alone: one family that a scoring server runs with, trained in seconds. */
export function storyTraining(seed: number): TrainingOptionsInput {
  return { families: ["gradient_boosting"], seed, learningCurveSeconds: 0 };
}

/** When models are trained anew in the story: after an alert, or enough new mature labels; the gate promotes. */
export function storyRetraining(matureLabels: number): RetrainingSettings {
  return RetrainingSettings.parse({ onAlert: true, matureLabels, promotion: "automatic" });
}

/** Carries out the run with the real job, at the story's time. */
export function carryOut(
  { db, pool, clock, signal }: Installation,
  runId: string,
  onProgress: OnProgress,
): Promise<TrainingEnd> {
  return runTraining(
    {
      ...{ db, pool, signal },
      now: clock.now,
      whenStopped: "cancel",
      onProgress: ({ fraction, stage }) => onProgress(fraction, stage),
    },
    runId,
  );
}

/** What the worker does every few seconds: looks whether anything asks for a training, and carries it out. */
export async function retrainIfAsked(
  installation: Installation,
  seed: number,
  onProgress: OnProgress,
): Promise<Retraining | null> {
  const { db, clock, signal } = installation;
  const runId = await lookForReasons(jobContext(installation, "retraining"), storyTraining(seed));
  if (runId === null || !(await claimRun(db, runId, clock.now()))) return null;
  const run = await db.trainingRun.findUniqueOrThrow({ where: { id: runId } });
  const { kind: trigger, because } = TrainingTrigger.parse(run.trigger);
  const asked = { atMs: clock.now().getTime(), trigger, because };
  const end = await carryOut(installation, runId, onProgress);
  signal.throwIfAborted();
  if (end.status !== "succeeded") {
    const says = end.status === "failed" ? end.error : `The run was ${end.status}.`;
    return { ...asked, version: null, seenToMs: null, promoted: false, says };
  }
  const { status } = await db.modelVersion.findUniqueOrThrow({ where: { id: end.version.id } });
  return {
    ...asked,
    version: end.version.number,
    seenToMs: end.report.split.test.toMs,
    promoted: status === "champion",
    says: end.report.gate?.because ?? "There was nothing to judge against.",
  };
}
