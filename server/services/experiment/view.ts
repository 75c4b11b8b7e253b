import { z } from "zod";
import { searchMetrics } from "#ml/training/search/metric.ts";
import type { TrainingTrial } from "#server/db/generated/client.ts";
import { TrainingStatus } from "#server/domain/model-version.ts";
import { ExperimentSettings } from "#server/services/training/experiment-options.ts";
import type { TrainingRunView } from "#server/services/training/view.ts";
import { TrialDetails, TrialParameters, TrialRung, TrialState } from "./trial-record.ts";

/** An experiment in a list. Times are ISO 8601 UTC. */
export const ExperimentSummary = z.object({
  id: z.string(),
  status: TrainingStatus,
  progress: z.number(),
  stage: z.string(),
  error: z.string().nullable(),
  cancelRequested: z.boolean(),
  requestedBy: z.string().nullable(),
  requestedAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  settings: ExperimentSettings,
  families: z.array(z.string()),
  seed: z.int(),
  modelVersion: z.object({ id: z.string(), number: z.int() }).nullable(),
});
export type ExperimentSummary = z.infer<typeof ExperimentSummary>;

/** A rung without its curve: what a table needs. */
const RungView = TrialRung.omit({ curve: true });

export const TrialView = z.object({
  number: z.int(),
  family: z.string(),
  imbalance: z.string(),
  parameters: TrialParameters,
  /** stopped: the experiment ended before it did */
  state: z.enum([...TrialState.options, "stopped"]),
  rungs: z.array(RungView),
  error: z.string().nullable(),
  artifactHash: z.string().nullable(),
});
export type TrialView = z.infer<typeof TrialView>;

export const ExperimentView = ExperimentSummary.extend({
  imbalanceMethods: z.array(z.string()),
  trials: z.array(TrialView),
});
export type ExperimentView = z.infer<typeof ExperimentView>;

/** All that was kept of a trial. */
export const TrialDetailView = TrialView.omit({ rungs: true }).extend({
  rungs: z.array(TrialRung),
  details: TrialDetails.nullable(),
  manifest: z.record(z.string(), z.unknown()).nullable(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  metric: z.enum(searchMetrics),
});
export type TrialDetailView = z.infer<typeof TrialDetailView>;

export function experimentSummary(run: TrainingRunView, settings: ExperimentSettings): ExperimentSummary {
  const { id, status, progress, stage, error, cancelRequested, modelVersion, options } = run;
  const { requestedBy, requestedAt, startedAt, finishedAt } = run;
  return {
    ...{ id, status, progress, stage, error, cancelRequested, modelVersion },
    ...{ requestedBy, requestedAt, startedAt, finishedAt },
    settings,
    families: options.families,
    seed: options.seed,
  };
}

const isUnderWay = (status: TrainingStatus): boolean => status === "queued" || status === "running";

/** A trial as a table shows it; what was under way when its experiment ended has stopped. */
export function trialView(
  trial: Omit<TrainingTrial, "id" | "details" | "manifest">,
  status: TrainingStatus,
): TrialView {
  const state = TrialState.parse(trial.state);
  const hasStopped = !isUnderWay(status) && (state === "waiting" || state === "running");
  return {
    number: trial.number,
    family: trial.family,
    imbalance: trial.imbalance,
    parameters: TrialParameters.parse(trial.parameters),
    state: hasStopped ? "stopped" : state,
    rungs: z.array(RungView).parse(trial.rungs),
    error: trial.error,
    artifactHash: trial.artifactHash,
  };
}
