import { createHash } from "node:crypto";
import {
  type ArtifactSlice,
  artifactFormat,
  artifactFormatVersion,
  type ModelArtifact,
} from "#ml/models/artifact.ts";
import type { AvailableFamily } from "#ml/models/families.ts";
import { loadScorer } from "#ml/models/scorer.ts";
import { type FeatureReference, referenceOf } from "#ml/monitoring/feature-reference.ts";
import type { Dataset } from "./dataset.ts";
import { allRows } from "./imbalance.ts";
import type { Slice, TimeSplit } from "./time-split.ts";
import type { FamilyReport } from "./train.ts";
import type { TrainedFamily } from "./train-family.ts";
import type { TrainOptions } from "./train-options.ts";

export type ArtifactParts = {
  readonly dataset: Dataset;
  readonly split: TimeSplit;
  readonly options: TrainOptions;
  readonly selected: TrainedFamily;
  readonly reports: Partial<Record<AvailableFamily, FamilyReport>>;
};

/** The artefact of a training run: the chosen model with all that its readers need, and no clock in it. */
export function artifactOf({ dataset, split, options, selected, reports }: ArtifactParts): ModelArtifact {
  const { family, model, marginOffset, calibrator } = selected;
  const core = { family, featureSet: dataset.featureSet, model: model.toJSON(), marginOffset, calibrator };
  return {
    format: artifactFormat,
    formatVersion: artifactFormatVersion,
    ...core,
    reference: referenceFor(core, dataset, split.validation),
    slices: {
      train: sliceRecord(split.train),
      validation: sliceRecord(split.validation),
      test: sliceRecord(split.test),
    },
    seed: options.seed,
    options,
    metrics: Object.fromEntries(
      Object.entries(reports).map(([name, { validationAveragePrecision, test }]) => [
        name,
        { validationAveragePrecision, test },
      ]),
    ),
    dataHash: hashOf(dataset, split),
    libraries: { node: process.versions.node, ...model.libraries },
  };
}

/** Features and scores of every row of the slice, at its natural prevalence. */
function referenceFor(
  core: Parameters<typeof loadScorer>[0],
  dataset: Dataset,
  slice: Slice,
): { features: FeatureReference[]; score: FeatureReference } {
  const { features, rows, width } = allRows(dataset, slice);
  const scores = new Float64Array(rows);
  loadScorer(core).score(features, rows, scores);
  const names = dataset.featureSet.definitions.map((definition) => definition.name);
  const [score = { name: "score", cuts: [], counts: [rows], missing: 0 }] = referenceOf(scores, rows, 1, [
    "score",
  ]);
  return { features: referenceOf(features, rows, width, names), score };
}

function sliceRecord({ window, rows, labels }: Slice): ArtifactSlice {
  return { ...window, rows: rows.length, frauds: labels.reduce((sum, label) => sum + label, 0) };
}

function hashOf(dataset: Dataset, split: TimeSplit): string {
  const hash = createHash("sha256").update(dataset.featureSet.version);
  for (const slice of [split.train, split.validation, split.test]) {
    hash.update(slice.labels);
    for (const row of slice.rows) {
      const values = dataset.features.subarray(row * dataset.width, (row + 1) * dataset.width);
      hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    }
  }
  return hash.digest("hex");
}
