import type { TrainingRun } from "#server/db/generated/client.ts";
import { TrainingStatus } from "#server/domain/model-version.ts";
import { TrainingTrigger } from "#server/domain/training-trigger.ts";
import { TrainingOptions } from "./options.ts";

/** A run as pages follow it. Times are ISO 8601 UTC, `progress` is a share in [0, 1]. */
export type TrainingRunView = {
  readonly id: string;
  readonly status: TrainingStatus;
  readonly requestedBy: string | null;
  readonly requestedAt: string;
  readonly startedAt: string | null;
  readonly heartbeatAt: string | null;
  readonly finishedAt: string | null;
  readonly progress: number;
  readonly stage: string;
  readonly options: TrainingOptions;
  readonly error: string | null;
  readonly cancelRequested: boolean;
  /** what asked for it; null in runs of earlier builds */
  readonly trigger: TrainingTrigger | null;
  readonly modelVersion: { readonly id: string; readonly number: number } | null;
};

/** What `trainingRunView` reads beside the row. */
export const withNames = {
  requestedBy: { select: { name: true } },
  modelVersion: { select: { id: true, number: true } },
} as const;

export type NamedRun = TrainingRun & {
  readonly requestedBy: { readonly name: string } | null;
  readonly modelVersion: { readonly id: string; readonly number: number } | null;
};

export function trainingRunView(run: NamedRun): TrainingRunView {
  return {
    id: run.id,
    status: TrainingStatus.parse(run.status),
    requestedBy: run.requestedBy?.name ?? null,
    requestedAt: run.requestedAt.toISOString(),
    startedAt: run.startedAt?.toISOString() ?? null,
    heartbeatAt: run.heartbeatAt?.toISOString() ?? null,
    finishedAt: run.finishedAt?.toISOString() ?? null,
    progress: run.progress,
    stage: run.stage,
    options: TrainingOptions.parse(run.options),
    error: run.error,
    cancelRequested: run.cancelRequested,
    trigger: TrainingTrigger.nullable().catch(null).parse(run.trigger),
    modelVersion: run.modelVersion,
  };
}
