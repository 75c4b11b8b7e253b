import type { Trial } from "#ml/training/search/draw-trials.ts";
import type { TimeSplit } from "#ml/training/time-split.ts";
import type { Prisma } from "#server/db/generated/client.ts";
import { codeVersion } from "#server/services/training/code-version.ts";
import type { Fitting } from "#server/services/training/fit-dataset.ts";
import type { LoadedDataset } from "#server/services/training/load-dataset.ts";
import type { TrainingOptions } from "#server/services/training/options.ts";
import type { TrialRung } from "./trial-record.ts";

export type TrialManifestParts = {
  readonly runId: string;
  readonly trial: Trial;
  readonly rungs: readonly TrialRung[];
  /** of a training of this configuration alone */
  readonly options: TrainingOptions;
  readonly fitting: Fitting;
  readonly loaded: LoadedDataset;
  readonly split: TimeSplit;
  readonly contentHash: string;
};

/** What a trial learned from and how, so that it can be fitted again: the rows, their split, the rungs and the options. */
export function trialManifest(parts: TrialManifestParts): Prisma.InputJsonObject {
  const { runId, trial, rungs, options, fitting, loaded, split, contentHash } = parts;
  const { featureSet } = loaded.dataset;
  return {
    format: "assay-trial-manifest",
    formatVersion: 1,
    runId,
    trial: trial.number,
    knownAt: fitting.knownAt.toISOString(),
    marks: loaded.marks,
    rows: loaded.dataset.rows,
    split: { train: windowOf(split.train), validation: windowOf(split.validation) },
    rungs: rungs.map(({ share, trainRows, trainFrauds }) => ({ share, trainRows, trainFrauds })),
    maturityDays: fitting.maturityDays,
    labelSources: loaded.labelSources,
    featureSet: { name: featureSet.name, version: featureSet.version },
    seed: options.seed,
    options: JSON.parse(JSON.stringify(options)) as Prisma.InputJsonObject,
    codeVersion: codeVersion(),
    contentHash,
  };
}

function windowOf({ window, rows, labels }: TimeSplit["train"]): Prisma.InputJsonObject {
  return {
    from: new Date(window.fromMs).toISOString(),
    to: new Date(window.toMs).toISOString(),
    rows: rows.length,
    frauds: labels.reduce((sum, label) => sum + label, 0),
  };
}
