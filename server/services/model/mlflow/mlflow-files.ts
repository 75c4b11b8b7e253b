import type { ModelCard } from "../model-card.ts";
import { type MlflowFile, mlflowRunFiles, mlflowStatus } from "./mlflow-layout.ts";

export type ExportedVersion = {
  readonly card: ModelCard;
  readonly markdown: string;
  readonly artifact: Uint8Array;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly requestedBy: string;
};

/** A version as a run of MLflow; the same version gives the same run, and versions gather in one experiment. */
export function mlflowFiles(folder: string, run: ExportedVersion): MlflowFile[] {
  const { card, markdown, artifact, startedAt, finishedAt, requestedBy } = run;
  return mlflowRunFiles(folder, {
    experiment: "assay",
    id: card.version.id,
    name: nameOf(card),
    status: mlflowStatus.finished,
    startedAt,
    finishedAt,
    user: requestedBy,
    metrics: metricsOf(card).map(([key, value]) => [key, [{ value, step: 0 }]]),
    params: paramsOf(card),
    tags: tagsOf(run),
    artifacts: [
      { path: "model/assay-model", content: artifact },
      { path: "model-card.json", content: `${JSON.stringify(card, null, 2)}\n` },
      { path: "model-card.md", content: markdown },
      ...(card.data.manifest === null
        ? []
        : [{ path: "manifest.json", content: `${JSON.stringify(card.data.manifest, null, 2)}\n` }]),
    ],
  });
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

function tagsOf({ card, markdown, requestedBy }: ExportedVersion): [string, string][] {
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
