import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

/** Path under the folder of all runs, with what is in it. */
export type MlflowFile = { readonly path: string; readonly content: string | Uint8Array };

/** MLflow's RunStatus. */
export const mlflowStatus = { running: 1, finished: 3, failed: 4, killed: 5 } as const;
/** MLflow's SourceType LOCAL. */
const LOCAL = 4;

/** A run as MLflow keeps it. */
export type MlflowRun = {
  /** runs of one name gather in one experiment of MLflow */
  readonly experiment: string;
  /** the same id gives the same run, so that an export is written over */
  readonly id: string;
  readonly name: string;
  readonly status: (typeof mlflowStatus)[keyof typeof mlflowStatus];
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly user: string;
  /** a value, or one for each step */
  readonly metrics: readonly (readonly [key: string, values: readonly MlflowPoint[]])[];
  readonly params: readonly (readonly [key: string, value: string])[];
  readonly tags: readonly (readonly [key: string, value: string])[];
  /** under `artifacts/` */
  readonly artifacts: readonly MlflowFile[];
};

export type MlflowPoint = { readonly value: number; readonly step: number };

const idOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 32);

/**
 * A run of MLflow's file store (`mlruns/<experiment>/<run>/` with meta.yaml, metrics, params, tags and artifacts;
 * mlflow/store/tracking/file_store.py). `folder` is the absolute path of `mlruns`, which artefact addresses name.
 */
export function mlflowRunFiles(folder: string, run: MlflowRun): MlflowFile[] {
  const runId = idOf(run.id);
  // Decimal, as MLflow's own; made of the name, so that every export of it is the same.
  const experimentId = String(Number.parseInt(idOf(run.experiment).slice(0, 12), 16));
  const experiment = join(folder, experimentId);
  const inRun = (path: string, content: string | Uint8Array): MlflowFile => ({
    path: join(experimentId, runId, path),
    content,
  });
  const at = run.finishedAt.getTime();
  const ofRun = { folder: join(experiment, runId), runId, experimentId };
  return [
    { path: join(experimentId, "meta.yaml"), content: experimentMeta(experiment, experimentId, run) },
    inRun("meta.yaml", runMeta(ofRun, run)),
    ...run.metrics.map(([key, points]) =>
      inRun(`metrics/${key}`, points.map(({ value, step }) => `${at} ${value} ${step}\n`).join("")),
    ),
    ...run.params.map(([key, value]) => inRun(`params/${key}`, value)),
    ...run.tags.map(([key, value]) => inRun(`tags/${key}`, value)),
    ...run.artifacts.map(({ path, content }) => inRun(`artifacts/${path}`, content)),
  ];
}

/** Writes files under the folder, making folders as needed. @throws what the file system refuses */
export async function writeMlflow(folder: string, files: readonly MlflowFile[]): Promise<void> {
  for (const { path, content } of files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}

type Yaml = Readonly<Record<string, string | number | readonly never[]>>;

function experimentMeta(folder: string, id: string, { experiment, startedAt }: MlflowRun): string {
  return yaml({
    artifact_location: pathToFileURL(folder).href,
    creation_time: startedAt.getTime(),
    experiment_id: id,
    last_update_time: startedAt.getTime(),
    lifecycle_stage: "active",
    name: experiment,
  });
}

type RunPlace = { readonly folder: string; readonly runId: string; readonly experimentId: string };

function runMeta({ folder, runId, experimentId }: RunPlace, run: MlflowRun): string {
  return yaml({
    artifact_uri: pathToFileURL(join(folder, "artifacts")).href,
    end_time: run.finishedAt.getTime(),
    entry_point_name: "",
    experiment_id: experimentId,
    lifecycle_stage: "active",
    run_id: runId,
    run_name: run.name,
    run_uuid: runId,
    source_name: "",
    source_type: LOCAL,
    source_version: "",
    start_time: run.startedAt.getTime(),
    status: run.status,
    tags: [],
    user_id: run.user,
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
