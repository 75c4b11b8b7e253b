import { searchMetrics } from "#ml/training/search/metric.ts";
import {
  type MlflowFile,
  type MlflowPoint,
  type MlflowRun,
  mlflowStatus,
} from "#server/services/model/mlflow/mlflow-layout.ts";
import type { TrainingRunView } from "#server/services/training/view.ts";
import type { TrialDetailView } from "./view.ts";

export type ExportedTrial = {
  readonly run: TrainingRunView;
  readonly trial: TrialDetailView;
  readonly artifact: Uint8Array | null;
  readonly log: readonly { readonly at: Date; readonly text: string }[];
};

const statusOf: Record<TrialDetailView["state"], MlflowRun["status"]> = {
  won: mlflowStatus.finished,
  measured: mlflowStatus.finished,
  behind: mlflowStatus.finished,
  running: mlflowStatus.running,
  waiting: mlflowStatus.running,
  late: mlflowStatus.killed,
  stopped: mlflowStatus.killed,
  failed: mlflowStatus.failed,
};

/** A trial as a run of MLflow: the steps of a metric are the rungs, those of the learning curve its own. */
export function trialRun({ run, trial, artifact, log }: ExportedTrial): MlflowRun {
  const startedAt = new Date(trial.startedAt ?? run.startedAt ?? run.requestedAt);
  return {
    experiment: `assay experiment ${run.id}`,
    id: `${run.id}:${trial.number}`,
    name: `trial ${trial.number} ${trial.family}`,
    status: statusOf[trial.state],
    startedAt,
    finishedAt: trial.finishedAt === null ? startedAt : new Date(trial.finishedAt),
    user: run.requestedBy ?? "assay",
    metrics: metricsOf(trial),
    params: [
      ["family", trial.family],
      ["imbalance", trial.imbalance],
      ["seed", String(run.options.seed)],
      ...Object.entries(trial.parameters).map(
        ([name, value]) => [name, typeof value === "number" ? String(value) : JSON.stringify(value)] as const,
      ),
    ],
    tags: [
      ["mlflow.runName", `trial ${trial.number} ${trial.family}`],
      ["mlflow.user", run.requestedBy ?? "assay"],
      ["mlflow.source.name", "assay"],
      ["mlflow.source.type", "LOCAL"],
      ["assay.experiment", run.id],
      ["assay.metric", trial.metric],
      ["assay.state", trial.state],
      ...(trial.artifactHash === null ? [] : ([["assay.artifact_hash", trial.artifactHash]] as const)),
    ],
    artifacts: artifactsOf(trial, artifact, log),
  };
}

function metricsOf({ rungs }: TrialDetailView): MlflowRun["metrics"] {
  const byRung = (of: (rung: (typeof rungs)[number]) => number | null | undefined): MlflowPoint[] =>
    rungs.flatMap((rung) => {
      const value = of(rung);
      return value == null ? [] : [{ value, step: rung.rung }];
    });
  const figures = searchMetrics.flatMap((metric) => [
    [`validation_${metric}`, byRung(({ figures: of }) => of[metric].value)] as const,
    [`validation_${metric}_lower`, byRung(({ figures: of }) => of[metric].interval?.lower)] as const,
    [`validation_${metric}_upper`, byRung(({ figures: of }) => of[metric].interval?.upper)] as const,
  ]);
  return [
    ...figures,
    ["train_rows", byRung(({ trainRows }) => trainRows)] as const,
    ["fit_seconds", byRung(({ seconds }) => seconds)] as const,
    ["validation_by_step", rungs.at(-1)?.curve ?? []] as const,
  ].filter(([, points]) => points.length > 0);
}

function artifactsOf(
  { details, manifest }: TrialDetailView,
  artifact: Uint8Array | null,
  log: ExportedTrial["log"],
): MlflowFile[] {
  const json = (path: string, value: unknown): MlflowFile[] =>
    value == null ? [] : [{ path, content: `${JSON.stringify(value, null, 2)}\n` }];
  const lines = log.map(({ at, text }) => `${at.toISOString()} ${text}\n`).join("");
  return [
    ...(artifact === null ? [] : [{ path: "model/assay-model", content: artifact }]),
    ...json("importance.json", details?.importance),
    ...json("precision-recall.json", details?.curve),
    ...json("manifest.json", manifest),
    ...(lines === "" ? [] : [{ path: "log.txt", content: lines }]),
  ];
}
