import { createHash } from "node:crypto";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ModelCard } from "../model-card.ts";

/** Path under the folder of all runs, with what is in it. */
export type MlflowFile = { readonly path: string; readonly content: string | Uint8Array };

export type MlflowRun = {
  readonly card: ModelCard;
  readonly markdown: string;
  readonly artifact: Uint8Array;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly requestedBy: string;
};

const EXPERIMENT = "assay";
/** MLflow's RunStatus FINISHED and SourceType LOCAL. */
const FINISHED = 3;
const LOCAL = 4;

const idOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 32);
/** Decimal, as MLflow's own; the same for every export, so that versions gather in one experiment. */
const experimentId = String(Number.parseInt(idOf(EXPERIMENT).slice(0, 12), 16));

/**
 * A version as a run of MLflow's file store (`mlruns/<experiment>/<run>/` with meta.yaml, metrics, params, tags and
 * artifacts; mlflow/store/tracking/file_store.py). `folder` is the absolute path of `mlruns`, which artefact addresses
 * name. The same version gives the same run id.
 */
export function mlflowFiles(folder: string, run: MlflowRun): MlflowFile[] {
  const runId = idOf(run.card.version.id);
  const experiment = join(folder, experimentId);
  const inRun = (path: string, content: string | Uint8Array): MlflowFile => ({
    path: join(experimentId, runId, path),
    content,
  });
  const at = run.finishedAt.getTime();
  return [
    { path: join(experimentId, "meta.yaml"), content: experimentMeta(experiment, run) },
    inRun("meta.yaml", runMeta(join(experiment, runId), runId, run)),
    ...metricsOf(run.card).map(([key, value]) => inRun(`metrics/${key}`, `${at} ${value} 0\n`)),
    ...paramsOf(run.card).map(([key, value]) => inRun(`params/${key}`, value)),
    ...tagsOf(run).map(([key, value]) => inRun(`tags/${key}`, value)),
    inRun("artifacts/model/assay-model", run.artifact),
    inRun("artifacts/model-card.json", `${JSON.stringify(run.card, null, 2)}\n`),
    inRun("artifacts/model-card.md", run.markdown),
    ...(run.card.data.manifest === null
      ? []
      : [inRun("artifacts/manifest.json", `${JSON.stringify(run.card.data.manifest, null, 2)}\n`)]),
  ];
}

type Yaml = Readonly<Record<string, string | number | readonly never[]>>;

function experimentMeta(folder: string, { startedAt }: MlflowRun): string {
  return yaml({
    artifact_location: pathToFileURL(folder).href,
    creation_time: startedAt.getTime(),
    experiment_id: experimentId,
    last_update_time: startedAt.getTime(),
    lifecycle_stage: "active",
    name: EXPERIMENT,
  });
}

function runMeta(
  folder: string,
  runId: string,
  { card, startedAt, finishedAt, requestedBy }: MlflowRun,
): string {
  return yaml({
    artifact_uri: pathToFileURL(join(folder, "artifacts")).href,
    end_time: finishedAt.getTime(),
    entry_point_name: "",
    experiment_id: experimentId,
    lifecycle_stage: "active",
    run_id: runId,
    run_name: nameOf(card),
    run_uuid: runId,
    source_name: "",
    source_type: LOCAL,
    source_version: "",
    start_time: startedAt.getTime(),
    status: FINISHED,
    tags: [],
    user_id: requestedBy,
  });
}

/** Keys in order; texts in single quotes, where only the quote itself needs doubling. */
function yaml(values: Yaml): string {
  const said = (value: string | number | readonly never[]): string => {
    if (typeof value === "number") return String(value);
    return typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : "[]";
  };
  return Object.entries(values)
    .map(([key, value]) => `${key}: ${said(value)}\n`)
    .join("");
}

function nameOf({ version }: ModelCard): string {
  return `version ${version.number} ${version.family}`;
}

function metricsOf({ metrics, calibration, cost }: ModelCard): [string, number][] {
  const all: [string, number | null | undefined][] = [
    ["test_rows", metrics?.rows],
    ["test_frauds", metrics?.frauds],
    ["average_precision", metrics?.averagePrecision],
    ["average_precision_lower", metrics?.averagePrecisionInterval?.lower],
    ["average_precision_upper", metrics?.averagePrecisionInterval?.upper],
    ["roc_auc", metrics?.rocAuc],
    ["roc_auc_lower", metrics?.rocAucInterval?.lower],
    ["roc_auc_upper", metrics?.rocAucInterval?.upper],
    ["recall_at_fpr_0.001", metrics?.recallAtFpr001],
    ["recall_at_fpr_0.01", metrics?.recallAtFpr01],
    ["card_precision_100", metrics?.cardPrecision100],
    ["brier", calibration.brier],
    ["ece", calibration.ece],
    ["cost_difference_minor", cost?.costDifference?.mean],
    ["cost_difference_minor_lower", cost?.costDifference?.lower],
    ["cost_difference_minor_upper", cost?.costDifference?.upper],
  ];
  return all.flatMap(([key, value]) => (value == null ? [] : [[key, value] as [string, number]]));
}

function paramsOf({ version, data }: ModelCard): [string, string][] {
  const options = Object.entries(data.manifest?.options ?? {});
  return [
    ["family", version.family],
    ["feature_set", data.featureSet],
    ["features", String(data.features)],
    ...options.map(([key, value]): [string, string] => [
      `options.${key}`,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  ];
}

function tagsOf({ card, markdown, requestedBy }: MlflowRun): [string, string][] {
  return [
    ["mlflow.runName", nameOf(card)],
    ["mlflow.user", requestedBy],
    ["mlflow.source.name", "assay"],
    ["mlflow.source.type", "LOCAL"],
    ["mlflow.note.content", markdown],
    ["assay.version", String(card.version.number)],
    ["assay.status", card.version.status],
    ["assay.artifact_hash", card.version.artifactHash],
    ...(card.data.contentHash === null
      ? []
      : [["assay.content_hash", card.data.contentHash] as [string, string]]),
  ];
}
